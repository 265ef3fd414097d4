package dev.pgwire.internal.verify;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.record.RecordFit;
import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.row.Mismatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One statement, of which the server is asked what its columns are. */
final class Question {
    private final String sql;
    private final Class<? extends Record> record;
    private @Nullable PrepareExchange description;
    private @Nullable PgException refused;

    Question(String sql, Class<? extends Record> record) {
        this.sql = sql;
        this.record = record;
    }

    /**
     * Checks what a map of the program may hold whatever its type says.
     *
     * @throws InterfaceException if it is no statement, or no record
     */
    void check() {
        if (isNull(sql) || isNull(record)) {
            throw new InterfaceException(
                    "there is the pair " + sql + " = " + record + ", expected a statement and the class of a record");
        }
        RecordMapper.requireRecord(record);
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    /** Adds it to the request, unless its text cannot be sent. */
    void addTo(Dispatch dispatch) {
        try {
            Preparation.requireText(sql);
            boolean backslashEscapes = dispatch.server().hasBackslashEscapes();
            // In a text that counts its parameters, or has none, nothing is replaced.
            NamedSql named = NamedSql.unlessNumbered(sql, backslashEscapes);
            String numbered = named == null ? sql : named.sql();
            if (dispatch.preparation().shape(numbered).hasSeveralStatements()) {
                throw new InterfaceException(
                        "the text has several statements, expected one: the server describes no more");
            }
            PrepareExchange asked = new PrepareExchange(numbered);
            description = asked;
            dispatch.parseAndDescribe("", numbered).expect(asked);
        } catch (PgException unusable) {
            refused = unusable;
        }
    }

    /** Whether it was not sent, because its text cannot be. */
    boolean isRefused() {
        return refused != null;
    }

    /** The server has refused the statement. */
    void refused(PgException why) {
        refused = why;
    }

    /** What the server has told, if it was asked. */
    PrepareExchange description() {
        return Objects.requireNonNull(description);
    }

    /** What is wrong, once the types of the columns are known; null if nothing is. */
    @Nullable
    Mismatch mismatch(Dispatch dispatch) {
        PgException reason = refused;
        if (reason == null) {
            RowDescription columns = description().columns();
            reason = columns == null
                    ? RecordFit.withoutRows(record)
                    : dispatch.planner().preferBinary(columns).misfit(record);
        }
        return reason == null ? null : new Mismatch(sql, record, reason);
    }
}
