package dev.pgwire.console.shell;

import dev.pgwire.Connection;
import dev.pgwire.console.output.RawText;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.notification.Notification;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The notifications of the connection, which are printed where results are. */
public final class Notifications {
    private final Shell shell;

    Notifications(Shell shell) {
        this.shell = shell;
    }

    /** Prints those that have come. */
    void printThoseThatCame() {
        Connection connection = shell.connection();
        if (!connection.isClosed()) {
            shell.attempt(() -> print(connection, Duration.ZERO, Long.MAX_VALUE));
        }
    }

    /**
     * Prints them as they come, until Ctrl-C at the latest; false, and a message, if they cannot be waited for.
     *
     * @param limit ends it when none has come for that long; null for never
     * @param count ends it when that number was printed
     */
    public boolean await(@Nullable Duration limit, long count) {
        return shell.attempt(() -> printUntilInterrupted(limit, count));
    }

    private void printUntilInterrupted(@Nullable Duration limit, long count) {
        try {
            print(shell.connection(), limit, count);
        } catch (QueryCanceledException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            shell.out().append('\n');
        }
    }

    private void print(Connection connection, @Nullable Duration limit, long count) {
        long printed = 0;
        for (Notification each : connection.notifications(limit)) {
            print(each);
            printed++;
            if (printed >= count) {
                return;
            }
        }
    }

    private void print(Notification notification) {
        if (notification.missed() > 0) {
            shell.messages()
                    .warning(
                            notification.missed() + " notifications were dropped, because they were not taken in time");
        }
        String payload = notification.payload();
        PrintStream out = shell.results().stream();
        RawText.print(
                out,
                "Asynchronous notification \"" + notification.channel() + "\""
                        + (payload.isEmpty() ? "" : " with payload \"" + payload + "\"")
                        + " received from server process with PID " + notification.processId() + ".\n");
        out.flush();
    }
}
