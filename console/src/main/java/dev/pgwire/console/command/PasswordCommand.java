package dev.pgwire.console.command;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import org.jspecify.annotations.Nullable;

/** {@code \password}: changes a password, which the server never hears. */
final class PasswordCommand {
    private PasswordCommand() {}

    static void addTo(MetaCommands commands) {
        commands.add(PasswordCommand::change, "password");
    }

    private static Outcome change(Call call) {
        Shell shell = call.shell();
        String given = call.arguments().nextName();
        String user = given != null ? given : currentUser(shell);
        if (user == null) {
            return Outcome.FAILED;
        }
        shell.out().flush();
        String password = shell.input().secret("Enter new password for user \"" + user + "\": ");
        String again = password == null ? null : shell.input().secret("Enter it again: ");
        if (password == null || again == null) {
            return Outcome.FAILED;
        }
        if (!password.equals(again)) {
            shell.messages().error("Passwords didn't match.");
            return Outcome.FAILED;
        }
        return Outcome.of(shell.attempt(() -> shell.connection().changePassword(user, password)));
    }

    /** Null, and a message, if the server does not tell it. */
    private static @Nullable String currentUser(Shell shell) {
        String[] user = new String[1];
        boolean told = shell.attempt(
                () -> user[0] = shell.query("SELECT CURRENT_USER").rows().get(0).get(0));
        return told ? user[0] : null;
    }
}
