package dev.pgwire.console.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a {@code \copy} that takes a second. */
@Timeout(120)
class CopyProgressIT {
    private static final String SLOW_IN = "\\copy progress FROM PROGRAM 'echo 1; sleep 1; echo 2'\n";
    private static final String TABLE = "CREATE TEMP TABLE progress (a int);\n";

    @TempDir
    Path directory;

    private Typing typing = new Typing(Path.of(""), "");

    @BeforeEach
    void sitDown() {
        typing = new Typing(directory);
    }

    @Test
    void dataThatComeTellTheirBytes() throws IOException {
        String out = typing.run(TABLE + SLOW_IN + "\\q\n");

        assertTrue(out.contains("COPY 2\n"), out);
        String errors = typing.errors();
        assertTrue(errors.startsWith("\r") && errors.contains("\r4 bytes, ") && errors.endsWith("\r"), errors);
    }

    @Test
    void dataThatGoToAFileTellTheirRows() throws IOException {
        String slow = "SELECT repeat('x', 20000), pg_sleep(0.6) FROM generate_series(1, 2)";

        String out = typing.run("\\copy (" + slow + ") TO 'rows'\n\\q\n");

        assertTrue(out.contains("COPY 2\n"), out);
        String errors = typing.errors();
        assertTrue(errors.startsWith("\r") && errors.contains(" rows, ") && errors.endsWith("\r"), errors);
    }

    @Test
    void variableTurnsItOff() throws IOException {
        String out = typing.run(TABLE + "\\set COPY_PROGRESS off\n" + SLOW_IN + "\\q\n");

        assertTrue(out.contains("COPY 2\n"), out);
        assertEquals("", typing.errors());
    }

    @Test
    void errorStandsOnALineOfItsOwn() throws IOException {
        // The last line may have failed before it is told how far it was.
        typing.run(TABLE + SLOW_IN.replace("echo 2", "echo 2; sleep 1; echo two") + "\\q\n");

        String errors = typing.errors();
        assertTrue(errors.contains("\rERROR:  invalid input syntax for type integer: \"two\"\n"), errors);
    }
}
