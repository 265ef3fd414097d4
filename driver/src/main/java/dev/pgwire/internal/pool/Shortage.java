package dev.pgwire.internal.pool;

import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.pool.NoConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a borrower is told that gets no connection: who has them, and why there are no more. */
record Shortage(String what, int size, int maxSize, int waiting, List<NoConnectionException.Holder> holders) {
    private static final int MOST_SHOWN = 10;

    /** Adds who has the connections of a pool. */
    static Shortage of(String what, Iterable<? extends Slot<?>> slots, int size, int maxSize, int waiting, long now) {
        List<NoConnectionException.Holder> holders = new ArrayList<>();
        for (Slot<?> slot : slots) {
            Loan<?> loan = slot.loan();
            if (loan != null) {
                String sql = loan.sql();
                holders.add(new NoConnectionException.Holder(
                        loan.borrower(),
                        Duration.ofNanos(now - loan.servedAt()),
                        sql == null ? null : SqlExcerpt.of(sql)));
            }
        }
        holders.sort(Comparator.comparing(NoConnectionException.Holder::since).reversed());
        return new Shortage(what, size, maxSize, waiting, holders);
    }

    NoConnectionException exception(@Nullable Throwable lastFailure) {
        StringBuilder text = new StringBuilder(what)
                .append(": it has ")
                .append(size)
                .append(" of ")
                .append(maxSize)
                .append(" connections, ")
                .append(holders.size())
                .append(" of them borrowed, and ")
                .append(waiting)
                .append(" other borrowers wait");
        for (int i = 0; i < Math.min(MOST_SHOWN, holders.size()); i++) {
            NoConnectionException.Holder holder = holders.get(i);
            text.append(i == 0 ? "; " : ", ")
                    .append(holder.thread())
                    .append(" has one for ")
                    .append(seconds(holder.since()));
            if (holder.sql() != null) {
                text.append(" (").append(holder.sql()).append(')');
            }
        }
        if (holders.size() > MOST_SHOWN) {
            text.append(", and ").append(holders.size() - MOST_SHOWN).append(" more");
        }
        if (lastFailure != null) {
            text.append("; the last connection could not be made: ").append(lastFailure.getMessage());
        }
        return new NoConnectionException(text.toString(), holders, lastFailure);
    }

    static String seconds(Duration time) {
        return time.toMillis() / 1000 + "." + time.toMillis() % 1000 / 100 + " s";
    }
}
