package dev.pgwire.console.command;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.protocol.TransactionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code \listen}: prints notifications as they come, until enough have come, none comes for long enough, or Ctrl-C. */
final class ListenCommand {
    /** As {@code \watch} of later psqls has its options. */
    private static final Pattern OPTION = Pattern.compile("(c|count|t|timeout)=(.*)");

    private static final Pattern COUNT = Pattern.compile("0*[1-9]\\d{0,17}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final Shell shell;
    private final List<String> channels = new ArrayList<>();
    private long count = Long.MAX_VALUE;
    private @Nullable Duration limit;

    private ListenCommand(Shell shell) {
        this.shell = shell;
    }

    static void addTo(MetaCommands commands) {
        commands.add(call -> new ListenCommand(call.shell()).run(call), "listen");
    }

    private Outcome run(Call call) {
        for (String argument = call.arguments().nextName();
                argument != null;
                argument = call.arguments().nextName()) {
            Matcher option = OPTION.matcher(argument);
            if (!option.matches()) {
                channels.add(argument);
            } else if (!set(option.group(1), option.group(2))) {
                return call.fail("invalid " + argument + ", expected count= with a whole number from 1,"
                        + " timeout= with seconds from 0");
            }
        }
        if (shell.connection().transactionStatus() != TransactionStatus.IDLE) {
            return call.fail("a transaction is in progress, and the server keeps notifications back until it has ended;"
                    + " expected COMMIT or ROLLBACK before");
        }
        boolean listens =
                channels.isEmpty() || shell.attempt(() -> shell.connection().listen(channels.toArray(String[]::new)));
        return Outcome.of(listens && await());
    }

    private boolean set(String name, String value) {
        if (name.startsWith("c")) {
            boolean valid = COUNT.matcher(value).matches();
            count = valid ? Long.parseLong(value) : count;
            return valid;
        }
        boolean valid = SECONDS.matcher(value).matches();
        limit = valid ? Duration.ofNanos(new BigDecimal(value).movePointRight(9).longValueExact()) : limit;
        return valid;
    }

    private boolean await() {
        shell.out().flush();
        return shell.notifications().await(limit, count);
    }
}
