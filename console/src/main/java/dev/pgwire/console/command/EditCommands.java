package dev.pgwire.console.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.shell.Buffer;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.system.Programs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code \e}, {@code \ef}, {@code \ev}: the statement, a file, a function or a view in an editor. */
final class EditCommands {
    private static final Pattern WITH_LINE = Pattern.compile("(.*?)\\s+(\\d+)");
    private static final String NEW_FUNCTION = """
            CREATE FUNCTION ( )
             RETURNS\s
             LANGUAGE\s
             -- common options:  IMMUTABLE  STABLE  STRICT  SECURITY DEFINER
            AS $function$

            $function$
            """;
    private static final String NEW_VIEW = """
            CREATE VIEW  AS
             SELECT\s
              -- something...
            """;

    private EditCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(EditCommands::edit, "e", "edit");
        commands.add(EditCommands::editObject, "ef", "ev");
    }

    private static Outcome edit(Call call) throws IOException {
        String file = call.arguments().nextWithoutSemicolon();
        String line = file == null ? null : call.arguments().nextWithoutSemicolon();
        if (file != null && line == null && file.matches("\\d+")) {
            line = file;
            file = null;
        }
        Buffer buffer = call.buffer();
        if (buffer == null) {
            call.shell().messages().error("no query buffer");
            return Outcome.FAILED;
        }
        if (line != null && !line.matches("0*[1-9]\\d{0,8}")) {
            call.shell().messages().error("invalid line number: " + line);
            return Outcome.FAILED;
        }
        if (file != null) {
            Path path = call.shell().programs().path(file);
            return opened(call, path, line) ? taken(buffer, Files.readString(path)) : Outcome.FAILED;
        }
        String edited = edited(call, buffer.next(), line);
        if (edited == null) {
            return Outcome.FAILED;
        }
        return taken(buffer, edited);
    }

    private static Outcome editObject(Call call) throws IOException {
        boolean isFunction = call.name().equals("ef");
        String name = call.arguments().restWithoutSemicolon();
        Buffer buffer = call.buffer();
        if (buffer == null) {
            call.shell().messages().error("no query buffer");
            return Outcome.FAILED;
        }
        String line = null;
        Matcher numbered = WITH_LINE.matcher(name == null ? "" : name);
        if (name != null && numbered.matches()) {
            name = numbered.group(1);
            line = numbered.group(2);
        }
        String source = name == null
                ? (isFunction ? NEW_FUNCTION : NEW_VIEW)
                : SourceCommands.source(call.shell(), name, isFunction);
        if (source == null) {
            return Outcome.FAILED;
        }
        String edited = edited(call, source, line);
        if (edited == null) {
            return Outcome.FAILED;
        }
        if (edited.isEmpty() || edited.equals(source)) {
            call.shell().out().append("No changes\n");
            return Outcome.DONE;
        }
        return taken(buffer, edited);
    }

    private static Outcome taken(Buffer buffer, String text) {
        buffer.reset();
        buffer.statement().append(text);
        return Outcome.EDITED;
    }

    /** The text as the editor leaves it, empty if it is not saved; null, and a message, if there is no editor. */
    private static @Nullable String edited(Call call, String text, @Nullable String line) throws IOException {
        Path file = Files.createTempFile("pgwire.edit.", ".sql");
        try {
            Files.writeString(file, text.isEmpty() || text.endsWith("\n") ? text : text + "\n", UTF_8);
            // Some file systems count whole seconds: what is saved at once is later than this.
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            if (!opened(call, file, line)) {
                return null;
            }
            boolean saved = Files.getLastModifiedTime(file).toMillis() != 0;
            return saved ? Files.readString(file) : "";
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static boolean opened(Call call, Path file, @Nullable String line) throws IOException {
        Shell shell = call.shell();
        List<String> command = new ArrayList<>(List.of("exec", editor(shell.programs())));
        if (line != null) {
            String option = shell.programs().variable("PSQL_EDITOR_LINENUMBER_ARG");
            if (option == null) {
                shell.messages()
                        .error("environment variable PSQL_EDITOR_LINENUMBER_ARG must be set to specify a line number");
                return false;
            }
            command.add(option + line);
        }
        command.add("'" + file + "'");
        shell.out().flush();
        try {
            int status = shell.programs()
                    .run(
                            String.join(" ", command),
                            shell.out(),
                            shell.messages().errorStream());
            return status == 0;
        } catch (FileSystemException e) {
            shell.messages().error(file + ": " + FileLines.reason(e));
            return false;
        }
    }

    private static String editor(Programs programs) {
        for (String variable : List.of("PSQL_EDITOR", "EDITOR", "VISUAL")) {
            String editor = programs.variable(variable);
            if (editor != null) {
                return editor;
            }
        }
        return "vi";
    }
}
