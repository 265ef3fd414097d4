package dev.pgwire.console.command;

import dev.pgwire.console.input.Switch;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import org.jspecify.annotations.Nullable;

/** How results look: {@code \pset}, and the short commands that are older. */
final class FormatCommands {
    private FormatCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(FormatCommands::align, "a");
        commands.add(FormatCommands::html, "H", "html");
        commands.add(call -> pset(call, "title", call.arguments().nextWithoutSemicolon()), "C");
        commands.add(call -> pset(call, "fieldsep", call.arguments().next()), "f");
        commands.add(call -> pset(call, "tuples_only", call.arguments().nextWithoutSemicolon()), "t");
        commands.add(call -> pset(call, "tableattr", call.arguments().next()), "T");
        commands.add(call -> pset(call, "expanded", call.arguments().nextWithoutSemicolon()), "x");
        commands.add(FormatCommands::pset, "pset");
        commands.add(FormatCommands::timing, "timing");
    }

    private static Outcome pset(Call call) {
        String option = call.arguments().next();
        String value = call.arguments().next();
        if (option != null) {
            return pset(call, option, value);
        }
        LayoutOptions.all(call.shell().layout()).forEach((name, set) -> call.shell()
                .out()
                .append(name)
                .append(" ".repeat(Math.max(0, 24 - name.length())) + " " + set + "\n"));
        return Outcome.DONE;
    }

    private static Outcome pset(Call call, String option, @Nullable String value) {
        return Outcome.of(
                LayoutOptions.set(call.shell(), option, value, !call.shell().isQuiet()));
    }

    private static Outcome align(Call call) {
        boolean aligned = call.shell().layout().format() == Layout.Format.ALIGNED;
        return pset(call, "format", aligned ? "unaligned" : "aligned");
    }

    private static Outcome html(Call call) {
        boolean html = call.shell().layout().format() == Layout.Format.HTML;
        return pset(call, "format", html ? "aligned" : "html");
    }

    private static Outcome timing(Call call) {
        Shell shell = call.shell();
        String argument = call.arguments().next();
        Boolean on = argument == null ? Boolean.valueOf(!shell.isTiming()) : Switch.parse(argument);
        if (on == null) {
            shell.messages().error("unrecognized value \"" + argument + "\" for \"\\timing\": Boolean expected");
        } else {
            shell.timing(on);
        }
        shell.confirm("Timing is " + (shell.isTiming() ? "on" : "off") + ".");
        return Outcome.of(on != null);
    }
}
