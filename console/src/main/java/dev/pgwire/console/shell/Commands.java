package dev.pgwire.console.shell;

import dev.pgwire.config.Config;
import dev.pgwire.console.input.BackslashCommand;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.Table;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The backslash commands, but for those that {@link Script} knows because they concern its statement. */
public final class Commands {
    static final String HELP = """
            \\d [PATTERN]      list relations, or describe those that match
            \\dt \\dv \\dm \\di \\ds [PATTERN]
                              list tables, views, materialized views, indexes, sequences
            \\l                list databases
            \\conninfo         tell which connection this is
            \\x [on|off|auto]  a row per column
            \\a  \\t            unaligned output, rows only
            \\timing [on|off]  how long each statement takes
            \\g  \\gx           send the statement, the latter expanded
            \\p  \\r            print, forget the statement
            \\i FILE           run a file
            \\ir FILE          run a file that lies beside the one that names it
            \\echo TEXT        print a text; \\qecho is the same, \\warn to standard error
            \\encoding         print the client's encoding
            \\restrict KEY     refuse all commands up to \\unrestrict KEY
            \\set NAME VALUE   set a variable, for :NAME, :'NAME' and :"NAME"
            \\unset NAME       unset it
            \\getenv NAME ENV  set it to an environment variable
            \\q                quit
            """;

    private final Shell shell;
    private final boolean interactive;

    public Commands(Shell shell, boolean interactive) {
        this.shell = shell;
        this.interactive = interactive;
    }

    /**
     * Whether a command may be run at all; a message if not.
     *
     * @throws EndOfScript if it is not built, and decides what runs next
     */
    boolean allows(BackslashCommand command) throws EndOfScript {
        String name = command.name();
        if (shell.isRestricted() && !name.equals("unrestrict")) {
            shell.messages().error("backslash commands are restricted; only \\unrestrict is allowed");
            return false;
        }
        boolean goesElsewhere = Set.of("g", "gx", "o", "out").contains(name)
                && !command.argument().isEmpty();
        if (CommandTable.of(name) == CommandTable.Kind.DECIDES || goesElsewhere) {
            throw shell.messages()
                    .endOfScript("invalid command \\" + name + (goesElsewhere ? " " + command.argument() : ""));
        }
        if (command.hasBackquotes() && CommandTable.of(name) == CommandTable.Kind.BUILT) {
            throw shell.messages().endOfScript("\\" + name + ": backquotes run no program yet");
        }
        return true;
    }

    public Outcome run(BackslashCommand command) throws IOException, EndOfScript {
        if (!allows(command)) {
            return Outcome.FAILED;
        }
        if (command.isUnterminated() && CommandTable.of(command.name()) == CommandTable.Kind.BUILT) {
            shell.messages().error("unterminated quoted string");
        }
        Outcome outcome = perform(command);
        if (outcome == Outcome.DONE) {
            warnOfExtraArguments(command, shell.messages());
        }
        return outcome;
    }

    /** As psql does it: the command has done its work by then. */
    static void warnOfExtraArguments(BackslashCommand command, Messages messages) {
        int used =
                switch (command.name()) {
                    case "echo", "qecho", "set", "warn" -> Integer.MAX_VALUE;
                    case "getenv" -> 2;
                    case "a", "conninfo", "p", "print", "q", "quit", "r", "reset" -> 0;
                    default -> 1;
                };
        command.arguments().stream()
                .skip(used)
                .forEach(extra ->
                        messages.warning("\\" + command.name() + ": extra argument \"" + extra + "\" ignored"));
    }

    private Outcome perform(BackslashCommand command) throws IOException, EndOfScript {
        String name = command.name();
        String argument = command.argument();
        return switch (name) {
            case "?" -> tell(HELP);
            case "a" -> align();
            case "t" -> tuplesOnly(argument);
            case "x" -> expanded(argument);
            case "timing" -> timing(argument);
            case "echo", "qecho" -> echo(command.arguments());
            case "warn" -> warn(command.arguments());
            case "set" -> set(command.arguments());
            case "unset" -> unset(argument);
            case "getenv" -> getenv(command.arguments());
            case "encoding" -> encoding(argument);
            case "restrict" -> restrict(argument);
            case "unrestrict" -> unrestrict(argument);
            case "conninfo" -> conninfo();
            case "i", "include" -> include(name, argument);
            case "ir", "include_relative" -> include(name, shell.messages().besideTheFile(argument));
            case "o", "out" -> Outcome.DONE;
            case "l", "list" -> databases();
            case "d", "dt", "dv", "dm", "di", "ds" -> describe(name.substring(1), argument);
            default -> unknown(name);
        };
    }

    private Outcome describe(String kinds, String pattern) {
        Catalog catalog = new Catalog(shell);
        boolean one = kinds.isEmpty() && !pattern.isEmpty();
        List<Table> tables = new ArrayList<>();
        boolean success =
                shell.attempt(() -> tables.addAll(one ? catalog.describe(pattern) : catalog.relations(kinds, pattern)));
        if (!success) {
            return Outcome.FAILED;
        }
        if (tables.isEmpty()) {
            shell.messages()
                    .error(
                            pattern.isEmpty()
                                    ? "Did not find any relations."
                                    : "Did not find any relation named \"" + pattern + "\".");
            return one ? Outcome.FAILED : Outcome.DONE;
        }
        Layout layout = one ? shell.layout().with(Layout.Expanded.OFF) : shell.layout();
        return shell.attempt(() -> tables.forEach(table -> layout.print(table, shell.out())))
                ? Outcome.DONE
                : Outcome.FAILED;
    }

    private Outcome databases() {
        return shell.attempt(() -> shell.print(Catalog.databases(shell))) ? Outcome.DONE : Outcome.FAILED;
    }

    private Outcome align() {
        boolean aligned = shell.layout().format() == Layout.Format.ALIGNED;
        shell.layout(shell.layout().with(aligned ? Layout.Format.UNALIGNED : Layout.Format.ALIGNED));
        return tell("Output format is " + (aligned ? "unaligned" : "aligned") + ".\n");
    }

    private Outcome tuplesOnly(String argument) {
        if (!argument.isEmpty()) {
            Boolean on = onOff(argument, "tuples_only", ": Boolean expected");
            if (on == null) {
                return Outcome.FAILED;
            }
            // As in psql, which confirms only what it had to find out itself.
            shell.layout(shell.layout().withTuplesOnly(on));
            return Outcome.DONE;
        }
        boolean on = !shell.layout().tuplesOnly();
        shell.layout(shell.layout().withTuplesOnly(on));
        return tell("Tuples only is " + (on ? "on" : "off") + ".\n");
    }

    private Outcome timing(String argument) {
        Boolean on = argument.isEmpty()
                ? Boolean.valueOf(!shell.isTiming())
                : onOff(argument, "\\timing", ": Boolean expected");
        if (on != null) {
            shell.timing(on);
        }
        tell("Timing is " + (shell.isTiming() ? "on" : "off") + ".\n");
        return on == null ? Outcome.FAILED : Outcome.DONE;
    }

    private Outcome expanded(String argument) {
        if (argument.equals("auto")) {
            shell.layout(shell.layout().with(Layout.Expanded.AUTO));
            return tell("Expanded display is used automatically.\n");
        }
        Boolean on = argument.isEmpty()
                ? Boolean.valueOf(shell.layout().expanded() == Layout.Expanded.OFF)
                : onOff(argument, "expanded", "\nAvailable values are: on, off, auto.");
        if (on == null) {
            return Outcome.FAILED;
        }
        shell.layout(shell.layout().with(on ? Layout.Expanded.ON : Layout.Expanded.OFF));
        return tell("Expanded display is " + (on ? "on" : "off") + ".\n");
    }

    /** What the argument says; null, and a message, for a word unknown. */
    private @Nullable Boolean onOff(String argument, String what, String expected) {
        Boolean on = Switch.parse(argument);
        if (on == null) {
            shell.messages().error("unrecognized value \"" + argument + "\" for \"" + what + "\"" + expected);
        }
        return on;
    }

    private Outcome echo(List<String> arguments) {
        RawText.print(shell.out(), line(arguments));
        return Outcome.DONE;
    }

    private Outcome warn(List<String> arguments) {
        shell.out().flush();
        shell.messages().print(line(arguments));
        return Outcome.DONE;
    }

    private static String line(List<String> arguments) {
        boolean newline = arguments.isEmpty() || !arguments.get(0).equals("-n");
        List<String> words = newline ? arguments : arguments.subList(1, arguments.size());
        return String.join(" ", words) + (newline ? "\n" : "");
    }

    private Outcome set(List<String> arguments) throws EndOfScript {
        if (arguments.isEmpty()) {
            shell.variables().all().forEach((name, value) -> RawText.print(shell.out(), name + " = '" + value + "'\n"));
            return Outcome.DONE;
        }
        String value = String.join("", arguments.subList(1, arguments.size()));
        return shell.set(arguments.get(0), value) ? Outcome.DONE : Outcome.FAILED;
    }

    private Outcome unset(String name) throws EndOfScript {
        if (name.isEmpty()) {
            return missingArgument("unset");
        }
        shell.unset(name);
        return Outcome.DONE;
    }

    private Outcome getenv(List<String> arguments) throws EndOfScript {
        if (arguments.size() < 2) {
            return missingArgument("getenv");
        }
        String value = System.getenv(arguments.get(1));
        return value == null || shell.set(arguments.get(0), value) ? Outcome.DONE : Outcome.FAILED;
    }

    private Outcome encoding(String name) throws EndOfScript {
        if (name.isEmpty()) {
            shell.out().append("UTF8\n");
        } else if (!ClientEncoding.isUtf8(name)) {
            throw shell.messages().endOfScript(name + ": invalid encoding, only UTF8 is spoken here");
        }
        return Outcome.DONE;
    }

    private Outcome restrict(String key) {
        if (key.isEmpty()) {
            return missingArgument("restrict");
        }
        shell.restrict(key);
        return Outcome.DONE;
    }

    private Outcome unrestrict(String key) {
        if (key.isEmpty()) {
            return missingArgument("unrestrict");
        }
        String error = shell.unrestrict(key);
        if (error != null) {
            shell.messages().error("\\unrestrict: " + error);
        }
        return error == null ? Outcome.DONE : Outcome.FAILED;
    }

    private Outcome missingArgument(String name) {
        shell.messages().error("\\" + name + ": missing required argument");
        return Outcome.FAILED;
    }

    private Outcome conninfo() {
        Config config = shell.connection().config();
        shell.out()
                .append("You are connected to database \"" + config.database() + "\" as user \"" + config.user()
                        + "\" on host \"" + config.hosts().get(0).name() + "\" at port \""
                        + config.hosts().get(0).port() + "\".\n");
        return Outcome.DONE;
    }

    private Outcome include(String name, String file) throws IOException, EndOfScript {
        if (file.isEmpty()) {
            return missingArgument(name);
        }
        if (file.equals("-")) {
            throw shell.messages().endOfScript("\\" + name + ": standard input is not read from within a script yet");
        }
        String path = file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file;
        try (FileLines lines = FileLines.open(path)) {
            return Script.run(shell, lines, path) == 0 ? Outcome.DONE : Outcome.FAILED;
        } catch (FileSystemException e) {
            shell.messages().error(path + ": " + FileLines.reason(e));
            return Outcome.FAILED;
        }
    }

    private Outcome unknown(String name) {
        shell.messages().error("invalid command \\" + name);
        if (interactive) {
            shell.messages().hint("Try \\? for help.");
        }
        return Outcome.UNKNOWN;
    }

    private Outcome tell(String text) {
        if (!shell.isQuiet()) {
            shell.out().append(text);
        }
        return Outcome.DONE;
    }

    public enum Outcome {
        DONE,
        FAILED,
        UNKNOWN
    }
}
