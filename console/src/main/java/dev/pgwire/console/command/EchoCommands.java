package dev.pgwire.console.command;

import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;

/** {@code \echo}, {@code \qecho}, {@code \warn}: the same text to three places. */
final class EchoCommands {
    private EchoCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(EchoCommands::echo, "echo", "qecho", "warn");
    }

    private static Outcome echo(Call call) {
        CommandArguments arguments = call.arguments();
        StringBuilder text = new StringBuilder();
        boolean first = true;
        boolean newline = true;
        for (String word = arguments.next(); word != null; word = arguments.next()) {
            if (first && newline && !arguments.wasQuoted() && word.equals("-n")) {
                newline = false;
                continue;
            }
            text.append(first ? "" : " ").append(word);
            first = false;
        }
        text.append(newline ? "\n" : "");
        switch (call.name()) {
            case "qecho" -> RawText.print(call.shell().results().stream(), text.toString());
            case "warn" -> {
                call.shell().out().flush();
                call.shell().messages().print(text.toString());
            }
            default -> RawText.print(call.shell().out(), text.toString());
        }
        return Outcome.DONE;
    }
}
