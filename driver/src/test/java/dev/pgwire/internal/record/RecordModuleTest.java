package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.registry.ProgramCodecs;
import dev.pgwire.internal.row.CompositeCodecs;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.PgType;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a module of their own; here the driver is on the class path, in ModulePathIT it is a module too. */
class RecordModuleTest {
    private static final String RECORD = "package com.example.app; public record User(int id) {}";

    private static final int TEXTS = 1009;

    @TempDir
    private Path home;

    /** The record of a module that is compiled here. */
    private Class<? extends Record> user(String directives) throws Exception {
        Path module = Files.writeString(home.resolve("module-info.java"), "module app { " + directives + " }");
        Path user = Files.writeString(home.resolve("User.java"), RECORD);
        Path classes = home.resolve("classes");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), module.toString(), user.toString());
        assertEquals(0, exit);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration app = boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("app"));
        ClassLoader loader = boot.defineModulesWithOneLoader(app, getClass().getClassLoader())
                .findLoader("app");
        return loader.loadClass("com.example.app.User").asSubclass(Record.class);
    }

    private static Record read(Class<? extends Record> type) {
        RecordedRows result = new RecordedRows(columns("id", INT4));
        return result.plan().mapper(type).map(result.row(row("7")));
    }

    @Test
    void aClosedPackageIsNamedWithWhatWouldOpenIt() throws Exception {
        Class<? extends Record> closed = user("");
        String message =
                assertThrows(InterfaceException.class, () -> read(closed)).getMessage();
        assertEquals(
                "record com.example.app.User is not accessible to the driver, because module app does not open its"
                        + " package; expected \"opens com.example.app;\" in the module-info of app, or a public record"
                        + " and \"exports com.example.app;\", or RowMapper.of(User.class, MethodHandles.lookup()) as the"
                        + " mapper of its rows",
                message);
    }

    @Test
    void whatTheMessageAsksForIsEnough() throws Exception {
        assertEquals("User[id=7]", read(user("opens com.example.app;")).toString());
    }

    @Test
    void aPublicRecordNeedNotBeOpened() throws Exception {
        assertEquals("User[id=7]", read(user("exports com.example.app;")).toString());
    }

    /** A private record, and two classes of its module of which the lookups are. */
    private Class<?> guests(String name) throws Exception {
        Files.writeString(home.resolve("module-info.java"), "module app { exports com.example.api; }");
        Files.writeString(home.resolve("Guests.java"), """
                package com.example.guest;
                public class Guests {
                    private record Address(String city) {}
                    private record Guest(int id, Address address, java.util.Optional<Address> work) {}
                    private record Homes(java.util.List<Address> all, Address[] some, java.util.Collection<Address> none) {}
                    private record Mixed(Address home, int number) {}
                    public static Class<? extends Record> type() { return Guest.class; }
                    public static java.lang.invoke.MethodHandles.Lookup lookup() {
                        return java.lang.invoke.MethodHandles.lookup();
                    }
                }
                """);
        Files.writeString(home.resolve("Api.java"), """
                package com.example.api;
                public class Api {
                    public static Class<? extends Record> type() { return com.example.guest.Guests.type(); }
                    public static Class<?> address() throws Exception { return inside("Address"); }
                    public static Class<?> homes() throws Exception { return inside("Homes"); }
                    public static Class<?> mixed() throws Exception { return inside("Mixed"); }
                    private static Class<?> inside(String name) throws Exception {
                        return Class.forName("com.example.guest.Guests$" + name);
                    }
                    public static java.lang.invoke.MethodHandles.Lookup inner() {
                        return com.example.guest.Guests.lookup();
                    }
                    public static java.lang.invoke.MethodHandles.Lookup outer() {
                        return java.lang.invoke.MethodHandles.lookup();
                    }
                }
                """);
        Path classes = home.resolve("classes");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        home.resolve("module-info.java").toString(),
                        home.resolve("Guests.java").toString(),
                        home.resolve("Api.java").toString());
        assertEquals(0, exit);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration app = boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("app"));
        return boot.defineModulesWithOneLoader(app, getClass().getClassLoader())
                .findLoader("app")
                .loadClass(name);
    }

    @Test
    void aLookupLetsTheDriverInToAPrivateRecordAndThoseInside() throws Exception {
        Class<?> api = guests("com.example.api.Api");
        Class<? extends Record> guest = ((Class<?>) api.getMethod("type").invoke(null)).asSubclass(Record.class);
        RecordedRows rows = new RecordedRows(columns("id", INT4, "address_city", TEXT, "work_city", TEXT));
        Row row = rows.row(row("7", "Rome", null));
        for (String way : List.of("inner", "outer")) {
            MethodHandles.Lookup lookup =
                    (MethodHandles.Lookup) api.getMethod(way).invoke(null);
            RowMapper<?> mapper = RowMapper.of(guest, lookup);
            String expected = "Guest[id=7, address=Address[city=Rome], work=Optional.empty]";
            assertEquals(expected, String.valueOf(mapper.map(row)));
            assertEquals(expected, row.to(guest, lookup).toString());
            // What was let in by one lookup stays closed to others.
            assertThrows(InterfaceException.class, () -> row.to(guest));
            assertThrows(InterfaceException.class, () -> row.to(guest, MethodHandles.publicLookup()));
            assertEquals(expected, row.to(guest, lookup).toString());
        }
    }

    @Test
    void aLookupLetsTheDriverInToRecordsInValues() throws Exception {
        Class<?> api = guests("com.example.api.Api");
        Class<? extends Record> guest = ((Class<?>) api.getMethod("type").invoke(null)).asSubclass(Record.class);
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) api.getMethod("outer").invoke(null);
        DatabaseTypes types = new DatabaseTypes("closed", new CompositeCodecs(), ProgramCodecs.NONE);
        PgType.Composite address = new PgType.Composite(
                90_000, "public", "address", List.of(new PgType.Attribute("city", types.builtinType(TEXT))));
        types.catalogue().learn(Map.of(90_000, address), Set.of());
        RecordedRows rows =
                new RecordedRows(columns(Format.BINARY, "id", INT4, "address", 90_000, "work", 90_000), types);
        byte[] city = {0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 4, 'R', 'o', 'm', 'e'};
        Row row = rows.row(row(7, city, null));
        assertEquals(
                "Guest[id=7, address=Address[city=Rome], work=Optional.empty]",
                row.to(guest, lookup).toString());
    }

    private static DatabaseTypes addresses() {
        DatabaseTypes types = new DatabaseTypes("closed", new CompositeCodecs(), ProgramCodecs.NONE);
        PgType.Composite address = new PgType.Composite(
                90_000, "public", "address", List.of(new PgType.Attribute("city", types.builtinType(TEXT))));
        PgType.Array array = new PgType.Array(90_001, "public", "_address", address, ',');
        types.catalogue().learn(Map.of(90_000, address, 90_001, array), Set.of());
        return types;
    }

    private static Class<? extends Record> type(Class<?> api, String name) throws Exception {
        return ((Class<?>) api.getMethod(name).invoke(null)).asSubclass(Record.class);
    }

    @Test
    void soItDoesInListsAndArrays() throws Exception {
        Class<?> api = guests("com.example.api.Api");
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) api.getMethod("outer").invoke(null);
        RecordedRows rows =
                new RecordedRows(columns(Format.TEXT, "all", 90_001, "some", 90_001, "none", 90_001), addresses());
        Record homes = rows.row(row("{(Rome),NULL}", "{(Graz)}", "{}")).to(type(api, "homes"), lookup);
        assertTrue(homes.toString().startsWith("Homes[all=[Address[city=Rome], null], some=["), homes.toString());
        assertTrue(homes.toString().endsWith("none=[]]"), homes.toString());
    }

    /** Its class has a conversion, or it has none and is refused: values of another class are never in the list. */
    @Test
    void whatIsNoRowIsReadAsWithoutALookup() throws Exception {
        Class<?> api = guests("com.example.api.Api");
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) api.getMethod("outer").invoke(null);
        DatabaseTypes types = addresses();
        RecordedRows refused = new RecordedRows(columns("all", TEXTS, "some", TEXTS, "none", TEXTS), types);
        Row row = refused.row(row("{Rome}", "{Graz}", "{}"));
        Class<? extends Record> homes = type(api, "homes");
        assertThrows(DataException.class, () -> row.to(homes, lookup));
        types.register(addressesOfText(type(api, "address"), lookup));
        RecordedRows converted = new RecordedRows(columns("all", TEXTS, "some", TEXTS, "none", TEXTS), types);
        Record made = converted.row(row("{Rome}", "{Graz}", "{}")).to(homes, lookup);
        assertTrue(made.toString().startsWith("Homes[all=[Address[city=Rome]], some=["), made.toString());
    }

    private static <T extends Record> Conversion<T, String> addressesOfText(
            Class<T> type, MethodHandles.Lookup lookup) {
        RecordedRows cities = new RecordedRows(columns("city", TEXT));
        return Conversion.of(type, String.class, city -> cities.row(row(city)).to(type, lookup), Record::toString);
    }

    @Test
    void anotherColumnThatDoesNotFitIsStillExplained() throws Exception {
        Class<?> api = guests("com.example.api.Api");
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) api.getMethod("outer").invoke(null);
        RecordedRows rows = new RecordedRows(columns("home", 90_000, "number", TEXT), addresses());
        Row row = rows.row(row("(Rome)", "x"));
        Class<? extends Record> mixed = type(api, "mixed");
        String message =
                assertThrows(DataException.class, () -> row.to(mixed, lookup)).getMessage();
        assertTrue(message.contains("text cannot be read as Integer"), message);
        assertTrue(message.contains("int number   | 1 \"number\" (text)"), message);
    }

    @Test
    void aRecordOfTheClassPathIsOpenToADriverThere() {
        record Local(int id) {}
        assertEquals(new Local(7), read(Local.class));
    }
}
