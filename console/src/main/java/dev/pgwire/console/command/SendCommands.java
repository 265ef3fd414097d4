package dev.pgwire.console.command;

import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sends the statement, and says what becomes of its results. */
final class SendCommands {
    private static final int CROSSTAB_ARGUMENTS = 4;

    private SendCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(SendCommands::send, "g", "gx");
        commands.add(SendCommands::describe, "gdesc");
        commands.add(SendCommands::execute, "gexec");
        commands.add(SendCommands::store, "gset");
        commands.add(SendCommands::crosstab, "crosstabview");
    }

    private static Outcome send(Call call) {
        Shell shell = call.shell();
        Layout before = shell.layout();
        String file = call.arguments().nextFile();
        if (file != null && file.startsWith("(")) {
            if (!options(call, file.substring(1))) {
                shell.layout(before);
                return Outcome.FAILED;
            }
            file = call.arguments().nextFile();
        }
        if (call.name().equals("gx")) {
            shell.layout(shell.layout().with(Layout.Expanded.ON));
        }
        shell.delivery().restores(before);
        shell.delivery().file(file);
        return Outcome.SEND;
    }

    /** {@code (name=value name=value)}, as {@code \pset} takes them. */
    private static boolean options(Call call, String first) {
        boolean success = true;
        String option = first;
        while (true) {
            boolean last = option.endsWith(")");
            String text = last ? option.substring(0, option.length() - 1) : option;
            if (!text.isEmpty()) {
                int equals = text.indexOf('=');
                String name = equals < 0 ? text : text.substring(0, equals);
                success &= LayoutOptions.set(call.shell(), name, equals < 0 ? null : text.substring(equals + 1), false);
            }
            if (last) {
                return success;
            }
            String next = call.arguments().next();
            if (next == null) {
                call.fail("missing right parenthesis");
                return false;
            }
            option = next;
        }
    }

    private static Outcome describe(Call call) {
        call.shell().delivery().describe();
        return Outcome.SEND;
    }

    private static Outcome execute(Call call) {
        call.shell().delivery().execute();
        return Outcome.SEND;
    }

    private static Outcome store(Call call) {
        String prefix = call.arguments().next();
        call.shell().delivery().variables(prefix == null ? "" : prefix);
        return Outcome.SEND;
    }

    private static Outcome crosstab(Call call) {
        CommandArguments arguments = call.arguments();
        List<@Nullable String> columns = new ArrayList<>();
        for (int i = 0; i < CROSSTAB_ARGUMENTS; i++) {
            columns.add(arguments.nextWithoutSemicolon());
        }
        call.shell().delivery().crosstab(columns);
        return Outcome.SEND;
    }
}
