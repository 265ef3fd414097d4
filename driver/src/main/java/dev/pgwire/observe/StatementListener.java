package dev.pgwire.observe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Is told of the statements that a program runs on a connection: {@code Connection.onStatement}, or for all connections, also those of a
 * pool, {@code Config.Builder.statements}. What the driver sends of its own accord is not told: BEGIN and COMMIT, questions to the
 * catalog.
 *
 * <p>It is called on the thread that runs the statement, which for an asynchronous connection is that of the event loop, and must neither
 * wait there nor use the connection. What it throws is logged and changes nothing. One listener may be called by several threads
 * at once, if it listens to several connections.
 *
 * <pre>{@code
 * conn.onStatement(StatementListener.slowerThan(
 *         Duration.ofMillis(100), StatementListener.logging(System.getLogger("sql"), System.Logger.Level.WARNING)));
 * }</pre>
 */
@FunctionalInterface
public interface StatementListener {
    /** A statement is about to be sent. */
    default void started(StatementStart statement) {}

    /** Its answer has come, all of it, or it has failed. Each statement that has started ends once. */
    void ended(StatementEnd statement);

    /** Tells another one only of statements that took at least that long, when they have ended. */
    static StatementListener slowerThan(Duration limit, StatementListener told) {
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(told, "told");
        return statement -> {
            if (statement.took().compareTo(limit) >= 0) {
                told.ended(statement);
            }
        };
    }

    /**
     * Logs statements that have ended: the time, the rows or the failure, the text. The text may have secrets in
     * its literals, and the message of a failure values of rows.
     */
    static StatementListener logging(Logger logger, Level level) {
        Objects.requireNonNull(logger, "logger");
        Objects.requireNonNull(level, "level");
        return statement -> logger.log(level, () -> StatementLine.of(statement));
    }

    /** Tells several, in their order; what one of them throws is thrown when all were told. */
    static StatementListener all(StatementListener... told) {
        List<StatementListener> listeners = List.of(told);
        return new StatementListener() {
            @Override
            public void started(StatementStart statement) {
                tell(listeners, each -> each.started(statement));
            }

            @Override
            public void ended(StatementEnd statement) {
                tell(listeners, each -> each.ended(statement));
            }
        };
    }

    private static void tell(List<StatementListener> listeners, Consumer<StatementListener> telling) {
        RuntimeException first = null;
        for (StatementListener each : listeners) {
            try {
                telling.accept(each);
            } catch (RuntimeException | AssertionError thrown) {
                if (first == null) {
                    first = new IllegalStateException("a listener to statements has thrown", thrown);
                } else {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
