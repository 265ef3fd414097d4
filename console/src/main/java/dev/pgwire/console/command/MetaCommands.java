package dev.pgwire.console.command;

import dev.pgwire.console.catalog.CatalogCommands;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.CommandSet;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a backslash command by its name, and sees to what all of them have in common. */
public final class MetaCommands implements CommandSet {
    private static final Set<String> CONDITIONS = Set.of("if", "elif", "else", "endif");
    private static final Set<String> WHOLE_LINE =
            Set.of("!", "copy", "h", "help", "sf", "sf+", "sv", "sv+", "ef", "ev");
    private static final Set<String> FILES = Set.of("g", "gx", "o", "out", "w", "write");

    private final Map<String, Command> commands = new HashMap<>();

    public MetaCommands() {
        FormatCommands.addTo(this);
        VariableCommands.addTo(this);
        EchoCommands.addTo(this);
        ConditionCommands.addTo(this);
        SendCommands.addTo(this);
        BufferCommands.addTo(this);
        FileCommands.addTo(this);
        ConnectionCommands.addTo(this);
        PasswordCommand.addTo(this);
        RestrictCommands.addTo(this);
        SourceCommands.addTo(this);
        HelpCommands.addTo(this);
        LargeObjectCommands.addTo(this);
        EditCommands.addTo(this);
        CopyCommand.addTo(this);
        WatchCommand.addTo(this);
        ListenCommand.addTo(this);
    }

    /** Sets an option of {@code \pset}, given as {@code name=value} or {@code name}; false, and a message, if it cannot be. */
    public static boolean pset(Shell shell, String option) {
        int equals = option.indexOf('=');
        return equals < 0
                ? LayoutOptions.set(shell, option, null, false)
                : LayoutOptions.set(shell, option.substring(0, equals), option.substring(equals + 1), false);
    }

    void add(Command command, String... names) {
        for (String name : names) {
            commands.put(name, command);
        }
    }

    @Override
    public Outcome run(Call call) throws IOException {
        Outcome outcome = perform(call);
        if (outcome == Outcome.UNKNOWN) {
            call.shell().messages().error("invalid command \\" + call.name());
            if (call.isInteractive()) {
                call.shell().messages().hint("Try \\? for help.");
            }
            outcome = Outcome.FAILED;
        }
        if (outcome == Outcome.FAILED) {
            // The rest of the line cannot be trusted either.
            call.arguments().drop();
        } else {
            warnOfExtraArguments(call);
        }
        call.shell().results().stream().flush();
        return outcome;
    }

    private Outcome perform(Call call) throws IOException {
        String name = call.name();
        if (call.shell().isRestricted() && !name.equals("unrestrict")) {
            call.shell().messages().error("backslash commands are restricted; only \\unrestrict is allowed");
            return Outcome.FAILED;
        }
        Command command = find(name);
        if (command == null) {
            return Outcome.UNKNOWN;
        }
        boolean active = call.conditions().isActive();
        call.arguments().active(active);
        if (!active && !CONDITIONS.contains(name)) {
            return skip(call);
        }
        return command.run(call);
    }

    /** Whether there is a command of that name. */
    boolean knows(String name) {
        return find(name) != null;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(commands.keySet());
        names.addAll(CatalogCommands.NAMES);
        return names;
    }

    @Override
    public List<String> words(String name) {
        return switch (name) {
            case "pset" -> List.copyOf(LayoutOptions.all(Layout.DEFAULT).keySet());
            case "h", "help" -> SqlCommands.names();
            case "x" -> List.of("auto", "off", "on");
            case "t", "timing" -> List.of("off", "on");
            case "encoding" -> List.of("UTF8");
            default -> List.of();
        };
    }

    private @Nullable Command find(String name) {
        if (name.equalsIgnoreCase("copy")) {
            return commands.get(name.toLowerCase(Locale.ROOT));
        }
        Command command = commands.get(name);
        return command == null && CatalogCommands.isOne(name) ? CatalogCommands::run : command;
    }

    /** Reads the arguments as the command would, and does nothing. */
    private static Outcome skip(Call call) {
        if (call.isInteractive()) {
            call.shell()
                    .messages()
                    .warning("\\" + call.name() + " command ignored; use \\endif or Ctrl-C to exit current \\if block");
        }
        if (WHOLE_LINE.contains(call.name())) {
            call.arguments().rest();
        } else if (FILES.contains(call.name())) {
            call.arguments().nextFile();
        }
        call.arguments().all();
        return Outcome.DONE;
    }

    /** As psql does it: the command has done its work by then. */
    private static void warnOfExtraArguments(Call call) {
        call.arguments().active(false);
        List<String> extra = call.arguments().all();
        if (call.conditions().isActive()) {
            extra.forEach(argument -> call.shell()
                    .messages()
                    .warning("\\" + call.name() + ": extra argument \"" + argument + "\" ignored"));
        }
        call.arguments().active(true);
    }

    /** What a command does. */
    @FunctionalInterface
    interface Command {
        Outcome run(Call call) throws IOException;
    }
}
