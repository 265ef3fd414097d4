package dev.pgwire.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./pgwire}, in a tree of its own with a Maven and a Java that only say that they were called. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String BUILDING = "pgwire: building, which takes about a minute";

    @TempDir
    private Path root;

    private record Ended(String output, String errors) {}

    @BeforeEach
    void makeTree() throws IOException {
        for (String module : new String[] {"protocol", "laboratory", "testkit", "driver", "bench", "console"}) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        Files.copy(Path.of("../pgwire"), root.resolve("pgwire"));
        program("mvn", "mkdir -p console/target/classes console/target/lib; echo built");
        program("java", "echo console");
    }

    @Test
    void whatIsBuiltFirstIsToldOnTheErrorStreamOnly() throws Exception {
        Ended first = run();
        assertEquals("console\n", first.output());
        assertTrue(first.errors().startsWith(BUILDING), first.errors());
    }

    @Test
    void nothingIsToldWhenNothingIsBuilt() throws Exception {
        run();
        Ended second = run();
        assertEquals("console\n", second.output());
        assertEquals("", second.errors());
    }

    private void program(String name, String does) throws IOException {
        Path directory = Files.createDirectories(root.resolve("bin"));
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run() throws IOException, InterruptedException {
        Path output = root.resolve("output");
        Path errors = root.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("pgwire").toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("JAVA_HOME");
        Process script = builder.start();
        assertTrue(script.waitFor(50, TimeUnit.SECONDS));
        return new Ended(Files.readString(output), Files.readString(errors));
    }
}
