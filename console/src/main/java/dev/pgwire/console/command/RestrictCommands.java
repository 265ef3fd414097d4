package dev.pgwire.console.command;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;

/** {@code \restrict} and {@code \}{@code unrestrict}: between them a dump can run no command. */
final class RestrictCommands {
    private RestrictCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(RestrictCommands::restrict, "restrict");
        commands.add(RestrictCommands::unrestrict, "unrestrict");
    }

    private static Outcome restrict(Call call) {
        String key = call.arguments().nextWithoutSemicolon();
        if (key == null || key.isEmpty()) {
            return call.missingArgument();
        }
        call.shell().restrict(key);
        return Outcome.DONE;
    }

    private static Outcome unrestrict(Call call) {
        String key = call.arguments().nextWithoutSemicolon();
        if (key == null || key.isEmpty()) {
            return call.missingArgument();
        }
        String error = call.shell().unrestrict(key);
        return error == null ? Outcome.DONE : call.fail(error);
    }
}
