package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.row.Row;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One of the callers of a LoopSession: runs statement after statement, some at a time, each with an answer that only it can have. */
final class LoopCaller {
    private static final int LARGE = 1_000_000;

    private final LoopSession session;
    private final int number;
    private final int statements;
    private final Random random;
    private final Executor executor;
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    LoopCaller(LoopSession session, int number, int statements, Random random, Executor executor) {
        this.session = session;
        this.number = number;
        this.statements = statements;
        this.random = random;
        this.executor = executor;
    }

    /** Runs its statements, a given number of them in flight; the future tells how many were answered rightly. */
    CompletableFuture<Integer> run(int inFlight) {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
        return end;
    }

    private void next() {
        int statement = submitted.getAndIncrement();
        if (statement >= statements) {
            return;
        }
        Question question = question("caller " + number + " statement " + statement);
        session.execute(question.sql, question.values, null)
                .whenCompleteAsync(
                        (results, failure) -> {
                            try {
                                question.check.accept(results, failure);
                            } catch (Throwable wrong) {
                                end.completeExceptionally(new AssertionError(question.sql + ": " + wrong, wrong));
                                return;
                            }
                            if (answered.incrementAndGet() == statements) {
                                end.complete(statements);
                            }
                            next();
                        },
                        executor);
    }

    private interface Check {
        void accept(Results results, Throwable failure);
    }

    private record Question(String sql, Object[] values, Check check) {}

    private Question question(String token) {
        int kind;
        int value;
        synchronized (random) {
            kind = random.nextInt(1000);
            value = random.nextInt();
        }
        if (kind < 450) {
            return text("SELECT $1::text", token, token);
        }
        if (kind < 650) {
            return new Question(
                    "SELECT $1::int, $2::text, " + Math.floorMod(value, 7),
                    new Object[] {value, token},
                    (results, failure) -> {
                        Row row = row(results, failure);
                        assertEquals(value, row.getInt(0));
                        assertEquals(token, row.getString(1));
                        assertEquals(Math.floorMod(value, 7), row.getInt(2));
                    });
        }
        if (kind < 730) {
            return text("SELECT '" + token + "'", token);
        }
        if (kind < 800) {
            return text("SELECT $1::text, '" + token + "'", token, token);
        }
        if (kind < 870) {
            return new Question("SELECT NULL::int, $1::text", new Object[] {token}, (results, failure) -> {
                Row row = row(results, failure);
                assertNull(row.get(0));
                assertEquals(token, row.getString(1));
            });
        }
        if (kind < 920) {
            return new Question(
                    "SELECT 1 / ($1::int - $1::int)",
                    new Object[] {value},
                    (results, failure) -> assertInstanceOf(DivisionByZeroException.class, failure));
        }
        if (kind < 950) {
            return new Question(
                    "SELECT " + "\"" + token + "\"",
                    LoopAnswers.NONE,
                    (results, failure) -> assertTrue(failure.getMessage().contains(token), failure.getMessage()));
        }
        if (kind < 980) {
            return new Question(
                    "SELECT $1::int",
                    new Object[] {token},
                    (results, failure) -> assertInstanceOf(DataException.class, failure));
        }
        if (kind < 999) {
            return new Question(
                    "SELECT $1::text, g FROM generate_series(1, 100) g", new Object[] {token}, (results, failure) -> {
                        assertNull(failure);
                        int rows = 0;
                        for (Row row : LoopAnswers.rows(results)) {
                            assertEquals(token, row.getString(0));
                            assertEquals(++rows, row.getInt(1));
                        }
                        assertEquals(100, rows);
                    });
        }
        return new Question(
                "SELECT repeat($1, $2), $1", new Object[] {token, LARGE / token.length()}, (results, failure) -> {
                    Row row = row(results, failure);
                    assertEquals(token, row.getString(1));
                    assertEquals(token.repeat(LARGE / token.length()), row.getString(0));
                });
    }

    private static Question text(String sql, String expected, Object... values) {
        return new Question(
                sql,
                values,
                (results, failure) ->
                        assertEquals(expected, row(results, failure).getString(0)));
    }

    private static Row row(Results results, Throwable failure) {
        assertNull(failure);
        return LoopAnswers.row(results);
    }
}
