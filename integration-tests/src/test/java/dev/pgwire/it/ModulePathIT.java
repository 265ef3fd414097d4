package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.RowMapper;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver as a named module, with nothing but what it needs. */
class ModulePathIT {
    private static final Pattern NEEDED = Pattern.compile("(netty-(buffer|common|transport|resolver|handler|codec-base"
            + "|transport-native-unix-common)-\\d.*|scram-.*|saslprep-.*|stringprep-.*|jspecify-.*)\\.jar");

    @Test
    void theDriverIsANamedModule() throws Exception {
        ChildJvm.Ended child = run(Main.class, List.of(), List.of());
        assertEquals("module dev.pgwire.driver, module dev.pgwire.protocol, 1\n", child.output());
        assertEquals(0, child.exitCode());
    }

    /** Whichever way a record goes, to the server or from it. */
    @Test
    void aRecordInAClosedPackageIsRefusedWithTheDirectiveThatOpensIt(@TempDir Path home) throws Exception {
        String refused = "record com.example.app.User is not accessible to the driver, because module app does not open"
                + " its package; expected \"opens com.example.app to dev.pgwire.driver;\" in the module-info of app, or a"
                + " public record and \"exports com.example.app to dev.pgwire.driver;\"";
        String mapped = ", or RowMapper.of(User.class, MethodHandles.lookup()) as the mapper of its rows";
        String app = app(home.resolve("closed"), "");
        ChildJvm.Ended child = run(Records.class, List.of(app), List.of("app"));
        assertEquals(refused + mapped + "\n[User[id=7]]\n" + (refused + "\n").repeat(2), child.output());
        assertEquals(0, child.exitCode());
    }

    @Test
    void theDirectiveIsEnough(@TempDir Path home) throws Exception {
        String app = app(home.resolve("open"), "opens com.example.app to dev.pgwire.driver;");
        ChildJvm.Ended child = run(Records.class, List.of(app), List.of("app"));
        assertEquals("[User[id=7]]\n".repeat(2) + "[(7,)]\nINSERT 0 1\n", child.output());
        assertEquals(0, child.exitCode());
    }

    /** A module with a record that only its own code can make. */
    private static String app(Path home, String directives) throws Exception {
        Files.createDirectories(home);
        Path classes = home.resolve("classes");
        List<String> arguments =
                new ArrayList<>(List.of("--module-path", modulePath(List.of()), "-d", classes.toString()));
        for (String source : List.of(
                "module app { requires dev.pgwire.driver; exports com.example.api; " + directives + " }",
                "package com.example.app; public record User(int id) {}",
                "package com.example.api; public class Users {"
                        + " public static Record seven() { return new com.example.app.User(7); }"
                        + " public static java.lang.invoke.MethodHandles.Lookup lookup() {"
                        + " return java.lang.invoke.MethodHandles.lookup(); } }")) {
            String name = source.startsWith("module") ? "module-info" : source.contains("Users") ? "Users" : "User";
            arguments.add(
                    Files.writeString(home.resolve(name + ".java"), source).toString());
        }
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, exit);
        return classes.toString();
    }

    private static ChildJvm.Ended run(Class<?> main, List<String> more, List<String> names) throws Exception {
        List<String> roots = new ArrayList<>(List.of("dev.pgwire.driver"));
        roots.addAll(names);
        return ChildJvm.run(List.of(
                "--module-path",
                modulePath(more),
                "--add-modules",
                String.join(",", roots),
                "-cp",
                home(Main.class),
                main.getName(),
                TestServer.shared().dsn()));
    }

    private static String modulePath(List<String> more) throws Exception {
        Set<String> modules = new LinkedHashSet<>(more);
        modules.add(home(Connection.class));
        modules.add(home(dev.pgwire.protocol.Wire.class));
        for (String entry : ChildJvm.classPath()) {
            if (NEEDED.matcher(Path.of(entry).getFileName().toString()).matches()) {
                modules.add(entry);
            }
        }
        assertTrue(modules.size() > 5, modules::toString);
        return String.join(File.pathSeparator, modules);
    }

    private static String home(Class<?> type) throws Exception {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place).toString();
    }

    /** Connects, and says from which modules the classes came. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                System.out.println(Connection.class.getModule() + ", " + dev.pgwire.protocol.Wire.class.getModule()
                        + ", " + conn.execute("SELECT 1").fetchAll().get(0).getInt(0));
            }
        }
    }

    /** Reads a record without a lookup and with one, gives one by name, and inserts one. */
    static final class Records {
        private Records() {}

        public static void main(String[] arguments) throws Exception {
            Class<?> users = Class.forName("com.example.api.Users");
            Record seven = (Record) users.getMethod("seven").invoke(null);
            MethodHandles.Lookup lookup =
                    (MethodHandles.Lookup) users.getMethod("lookup").invoke(null);
            try (Connection conn = Postgres.connect(arguments[0])) {
                conn.execute("CREATE TEMP TABLE t (id int)");
                List<Supplier<Object>> ways = List.of(
                        () -> conn.execute("SELECT 7 AS id").fetchAll(seven.getClass()),
                        () -> conn.execute("SELECT 7 AS id").fetchAll(RowMapper.of(seven.getClass(), lookup)),
                        () -> conn.execute("SELECT :id::int", seven).fetchAll(),
                        () -> conn.insertMany("t", List.of("id"), List.of(seven))
                                .statusMessage());
                for (Supplier<Object> way : ways) {
                    try {
                        System.out.println(way.get());
                    } catch (InterfaceException refused) {
                        System.out.println(refused.getMessage());
                    }
                }
            }
        }
    }
}
