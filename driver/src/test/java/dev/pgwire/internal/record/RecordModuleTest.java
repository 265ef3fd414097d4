package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a module of their own; here the driver is on the class path, in ModulePathIT it is a module too. */
class RecordModuleTest {
    private static final String RECORD = "package com.example.app; public record User(int id) {}";

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
                        + " and \"exports com.example.app;\"",
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

    @Test
    void aRecordOfTheClassPathIsOpenToADriverThere() {
        record Local(int id) {}
        assertEquals(new Local(7), read(Local.class));
    }
}
