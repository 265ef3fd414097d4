package dev.pgwire.internal.verify;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.record.RecordFit;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.row.Mismatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One statement, of which the server is asked what its columns are, in a segment of its own, so that it fails alone. */
final class Question {
    private final String sql;
    private final Class<? extends Record> record;
    private final SyncExchange sync = new SyncExchange();
    private @Nullable PrepareExchange description;
    /** Why the server is not asked. */
    private @Nullable PgException refused;

    Question(String sql, Class<? extends Record> record) {
        this.sql = sql;
        this.record = record;
    }

    /** Adds it to the request; returns whether there is something to ask. */
    boolean addTo(Dispatch dispatch) {
        String numbered;
        try {
            Preparation.requireText(sql);
            // In a text that counts its parameters, or has none, nothing is replaced.
            NamedSql named = NamedSql.unlessNumbered(sql, dispatch.server().hasBackslashEscapes());
            numbered = named == null ? sql : named.sql();
        } catch (PgException unusable) {
            refused = unusable;
            return false;
        }
        PrepareExchange asked = new PrepareExchange(numbered);
        description = asked;
        dispatch.parseAndDescribe("", numbered)
                .message(Command.SYNC)
                .expect(asked)
                .expect(sync);
        return true;
    }

    /** Whether the server has answered, or is not asked. */
    boolean isAnswered() {
        return refused != null || sync.isDone();
    }

    /** Why nothing is known of the statement; null if it is. */
    @Nullable
    PgException failure() {
        return refused != null ? refused : sync.failure();
    }

    /** What the server has told, if there was no failure. */
    PrepareExchange description() {
        return Objects.requireNonNull(description);
    }

    /** What is wrong, once the types of the columns are known; null if nothing is. */
    @Nullable
    Mismatch mismatch(Dispatch dispatch) {
        PgException reason = failure();
        if (reason == null) {
            RowDescription columns = description().columns();
            reason = columns == null
                    ? RecordFit.withoutRows(record)
                    : dispatch.planner().preferBinary(columns).misfit(record);
        }
        return reason == null ? null : new Mismatch(sql, record, reason);
    }
}
