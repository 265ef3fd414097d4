package dev.pgwire.console.command;

import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Buffer;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code \watch}: sends the statement again and again, until it fails or Ctrl-C. */
final class WatchCommand {
    private static final BigDecimal USUAL = BigDecimal.valueOf(2);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private WatchCommand() {}

    static void addTo(MetaCommands commands) {
        commands.add(WatchCommand::watch, "watch");
    }

    private static Outcome watch(Call call) {
        BigDecimal seconds = seconds(call.arguments().nextWithoutSemicolon());
        Buffer buffer = call.buffer();
        if (buffer == null || buffer.next().isEmpty()) {
            call.shell().messages().error("\\watch cannot be used with an empty query");
            return Outcome.FAILED;
        }
        repeat(call.shell(), buffer.next(), seconds);
        buffer.reset();
        return Outcome.DONE;
    }

    private static void repeat(Shell shell, String sql, BigDecimal seconds) {
        Layout before = shell.layout();
        String userTitle = before.title() == null ? "" : before.title() + "\t";
        try {
            do {
                String time = TIME.format(ZonedDateTime.now());
                String title = userTitle + time + " (every " + seconds.toPlainString() + "s)\n";
                shell.layout(before.but().title(title).pager(Layout.Pager.OFF).build());
            } while (shell.statements().repeat(sql) && waits(seconds));
        } finally {
            shell.out().append('\n');
            shell.layout(before);
        }
    }

    private static boolean waits(BigDecimal seconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(seconds.movePointRight(3).longValue());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static BigDecimal seconds(@Nullable String argument) {
        if (argument == null) {
            return USUAL;
        }
        String number = argument.replaceFirst("^(\\d*\\.?\\d*).*$", "$1");
        boolean isNumber = number.matches(".*\\d.*");
        BigDecimal seconds = isNumber ? new BigDecimal(number).stripTrailingZeros() : BigDecimal.ONE;
        return seconds.signum() > 0 ? seconds : BigDecimal.ONE;
    }
}
