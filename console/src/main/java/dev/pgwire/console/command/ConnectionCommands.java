package dev.pgwire.console.command;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.ClientEncoding;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.shell.Target;
import dev.pgwire.error.PgException;
import org.jspecify.annotations.Nullable;

/** {@code \c}, {@code \conninfo}, {@code \encoding}. */
final class ConnectionCommands {
    private static final String REUSE = "-reuse-previous=";

    private ConnectionCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(ConnectionCommands::connect, "c", "connect");
        commands.add(ConnectionCommands::info, "conninfo");
        commands.add(ConnectionCommands::encoding, "encoding");
    }

    private static Outcome connect(Call call) {
        Shell shell = call.shell();
        String database = argument(call.arguments());
        Boolean reuse = null;
        if (database != null && database.startsWith(REUSE)) {
            String value = database.substring(REUSE.length());
            reuse = Switch.parse(value);
            if (reuse == null) {
                shell.messages()
                        .error("unrecognized value \"" + value + "\" for \"-reuse-previous\": Boolean expected");
                return Outcome.FAILED;
            }
            database = argument(call.arguments());
        }
        String user = argument(call.arguments());
        String host = argument(call.arguments());
        String port = argument(call.arguments());
        boolean isDsn = database != null && Target.isConnectionString(database);
        if (isDsn && (user != null || host != null || port != null)) {
            shell.messages().error("Do not give user, host, or port separately when using a connection string");
            return Outcome.FAILED;
        }
        boolean reuses = reuse == null ? !isDsn : reuse;
        return connect(call, new Target(database, user, host, port), reuses);
    }

    private static Outcome connect(Call call, Target target, boolean reuses) {
        Shell shell = call.shell();
        Connection before = shell.connection();
        Config old = before.config();
        try {
            Config config = reuses ? target.basedOn(old) : target.config(old.trace());
            Connection connection = target.connect(config, shell.input());
            shell.use(connection);
            before.close();
            tell(shell, old, connection.config());
            return Outcome.DONE;
        } catch (PgException e) {
            if (call.isInteractive()) {
                shell.messages().report(Target.failure(e));
                shell.messages().report("Previous connection kept");
            } else {
                shell.messages().error("\\connect: " + Target.failure(e));
                before.close();
            }
            return Outcome.FAILED;
        }
    }

    private static void tell(Shell shell, Config old, Config config) {
        boolean sameServer =
                old.hosts().get(0).name().equals(config.hosts().get(0).name())
                        && old.hosts().get(0).port() == config.hosts().get(0).port();
        shell.confirm("You are now connected to database \"" + config.database() + "\" as user \"" + config.user()
                + "\"" + (sameServer ? "" : place(config)) + ".");
    }

    /** A dash stands for what is as it was. */
    private static @Nullable String argument(CommandArguments arguments) {
        String argument = arguments.nextName();
        return argument == null || argument.isEmpty() || argument.equals("-") ? null : argument;
    }

    private static Outcome info(Call call) {
        Config config = call.shell().connection().config();
        call.shell()
                .out()
                .append("You are connected to database \"" + config.database() + "\" as user \"" + config.user() + "\""
                        + place(config) + ".\n");
        return Outcome.DONE;
    }

    private static String place(Config config) {
        String host = config.hosts().get(0).name();
        String port = "\" at port \"" + config.hosts().get(0).port() + "\"";
        return (host.startsWith("/") ? " via socket in \"" : " on host \"") + host + port;
    }

    private static Outcome encoding(Call call) {
        String name = call.arguments().next();
        if (name == null) {
            call.shell().out().append("UTF8\n");
            return Outcome.DONE;
        }
        if (!ClientEncoding.isUtf8(name)) {
            call.shell().messages().error(name + ": invalid encoding, only UTF8 is spoken here");
            return Outcome.FAILED;
        }
        return Outcome.DONE;
    }
}
