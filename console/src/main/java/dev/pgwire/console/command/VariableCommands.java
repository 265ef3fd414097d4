package dev.pgwire.console.command;

import dev.pgwire.console.output.RawText;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import java.util.List;

/** {@code \set} and {@code unset}, {@code \getenv}, {@code \setenv}, {@code \prompt}. */
final class VariableCommands {
    private VariableCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(VariableCommands::set, "set");
        commands.add(VariableCommands::unset, "unset");
        commands.add(VariableCommands::getenv, "getenv");
        commands.add(VariableCommands::setenv, "setenv");
        commands.add(VariableCommands::prompt, "prompt");
    }

    private static Outcome set(Call call) {
        Shell shell = call.shell();
        List<String> arguments = call.arguments().all();
        if (arguments.isEmpty()) {
            shell.variables().all().forEach((name, value) -> RawText.print(shell.out(), name + " = '" + value + "'\n"));
            return Outcome.DONE;
        }
        String value = String.join("", arguments.subList(1, arguments.size()));
        return Outcome.of(shell.set(arguments.get(0), value));
    }

    private static Outcome unset(Call call) {
        String name = call.arguments().next();
        if (name == null) {
            return call.missingArgument();
        }
        call.shell().unset(name);
        return Outcome.DONE;
    }

    private static Outcome getenv(Call call) {
        String name = call.arguments().next();
        String variable = call.arguments().next();
        if (name == null || variable == null) {
            return call.missingArgument();
        }
        String value = call.shell().programs().variable(variable);
        return Outcome.of(value == null || call.shell().set(name, value));
    }

    private static Outcome setenv(Call call) {
        String variable = call.arguments().next();
        String value = call.arguments().next();
        if (variable == null) {
            return call.missingArgument();
        }
        if (variable.contains("=")) {
            return call.fail("environment variable name must not contain \"=\"");
        }
        call.shell().programs().variable(variable, value);
        return Outcome.DONE;
    }

    private static Outcome prompt(Call call) {
        String first = call.arguments().next();
        String second = call.arguments().next();
        if (first == null) {
            return call.missingArgument();
        }
        Shell shell = call.shell();
        shell.out().flush();
        String question = second == null ? "" : first;
        boolean inFile = shell.messages().file() != null;
        String value = inFile ? shell.input().answer(question) : shell.input().typed(question);
        if (value == null) {
            return inFile ? call.fail("could not read value for variable") : Outcome.FAILED;
        }
        return Outcome.of(shell.set(second == null ? first : second, value));
    }
}
