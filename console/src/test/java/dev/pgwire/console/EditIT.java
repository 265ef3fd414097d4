package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code \e}: what the editor is given, and what becomes of what it leaves. The editor is a script. */
class EditIT {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void findPrograms() {
        environment.put("PATH", System.getenv("PATH"));
    }

    /** An editor that does something with the file {@code $1}. */
    private void editor(String script) throws Exception {
        Path editor = Files.writeString(directory.resolve("editor"), "#!/bin/sh\n" + script + "\n");
        assertEquals(true, editor.toFile().setExecutable(true));
        environment.put("EDITOR", editor.toString());
    }

    private void run(String in) throws Exception {
        Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false, false, null, environment, directory),
                TestServer.shared().dsn(),
                "-qAt");
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    @Test
    void aStatementThatEndsIsRunWhenItWasSaved() throws Exception {
        editor("cp \"$1\" seen; echo \"SELECT 'edited';\" > \"$1\"");

        run("SELECT 'typed'\n\\e\n\\echo after\n");

        assertEquals("edited\nafter\n", out());
        assertEquals("SELECT 'typed'\n", Files.readString(directory.resolve("seen")));
        assertEquals("", err());
    }

    @Test
    void oneThatDoesNotEndIsGoneOnWith() throws Exception {
        editor("echo 'SELECT 1 +' > \"$1\"");

        run("\\e\n41;\n");

        assertEquals("42\n", out());
    }

    @Test
    void whatWasRunLastIsEditedWhereNothingIsTyped() throws Exception {
        editor("sed -i s/first/second/ \"$1\"");

        run("SELECT 'first';\n\\e\n;\n");

        assertEquals("first\nsecond\n", out());
    }

    @Test
    void oneThatIsNotSavedIsForgotten() throws Exception {
        editor(":");

        run("SELECT 'typed'\n\\e\nSELECT 'next';\n");

        assertEquals("next\n", out());
        assertEquals("", err());
    }

    @Test
    void aFileIsEditedWhereItIs() throws Exception {
        Files.writeString(directory.resolve("file.sql"), "SELECT 'old';\n");
        editor("sed -i s/old/new/ \"$1\"");

        run("\\e file.sql\n");

        assertEquals("new\n", out());
        assertEquals("SELECT 'new';\n", Files.readString(directory.resolve("file.sql")));
    }

    @Test
    void aLineIsSaidInTheWordsOfTheEditor() throws Exception {
        editor("echo \"$1\" > seen");
        environment.put("PSQL_EDITOR_LINENUMBER_ARG", "+");

        run("SELECT 1\n\\e 7\n");

        assertEquals("+7\n", Files.readString(directory.resolve("seen")));
    }

    @Test
    void aLineThatIsNoneOrCannotBeSaidIsRefused() throws Exception {
        editor("touch seen");

        run("\\e file.sql x\n\\e 0\n\\e 3\n\\echo after\n");

        assertEquals("after\n", out());
        assertEquals(
                List.of(
                        "invalid line number: x",
                        "invalid line number: 0",
                        "environment variable PSQL_EDITOR_LINENUMBER_ARG must be set to specify a line number"),
                err().lines().map(line -> line.replaceFirst("^.*?error: ", "")).toList());
        assertEquals(false, Files.exists(directory.resolve("seen")));
    }

    @Test
    void theEditorsOfPsqlComeFirst() throws Exception {
        editor("echo \"SELECT 'EDITOR';\" > \"$1\"");
        environment.put("VISUAL", "false");
        run("\\e\n");
        environment.put("PSQL_EDITOR", "sh -c 'echo \"SELECT 5;\" > \"$0\"'");
        run("\\e\n");

        assertEquals("EDITOR\n5\n", out());
    }

    @Test
    void anEditorThatFailsChangesNothing() throws Exception {
        editor("echo \"SELECT 'edited';\" > \"$1\"; exit 1");

        run("SELECT 'typed'\n\\e\n;\n");

        assertEquals("typed\n", out());
    }
}
