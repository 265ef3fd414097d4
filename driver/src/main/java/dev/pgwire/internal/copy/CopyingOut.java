package dev.pgwire.internal.copy;

import dev.pgwire.internal.copy.form.CopyCharset;
import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.FirstRows;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.CopyResults;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.protocol.frontend.Query;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Begins a COPY TO STDOUT, up to its first rows. What follows is read as the rows of a statement are. */
public final class CopyingOut extends Procedure<Results> {
    private enum Phase {
        COLUMNS,
        BEGIN,
        ASK,
        ANSWER
    }

    private final CopyStatement statement;
    /** Null before it is known what the columns are. */
    private @Nullable CopiedRows rows;

    private @Nullable CopyColumns columns;
    private Phase phase = Phase.COLUMNS;
    private @Nullable BeginNow begin;
    private @Nullable CopyResults results;

    /** A COPY whose data is not looked at: each row is one value of bytes. */
    public static CopyingOut raw(Dispatch dispatch, CopyStatement statement) {
        return new CopyingOut(dispatch, statement, new RawRows(CopiedRows.bytes(dispatch.planner())));
    }

    /** The same, with many rows in each value. */
    public static CopyingOut chunks(Dispatch dispatch, CopyStatement statement) {
        return new CopyingOut(dispatch, statement, new RawChunks(CopiedRows.bytes(dispatch.planner())));
    }

    /** A COPY whose rows are read as those of a statement are; its columns are asked for before. */
    public static CopyingOut rows(Dispatch dispatch, CopyStatement statement) {
        return new CopyingOut(dispatch, statement, null);
    }

    private CopyingOut(Dispatch dispatch, CopyStatement statement, @Nullable CopiedRows rows) {
        super(dispatch);
        this.statement = statement;
        this.rows = rows;
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ANSWER || FirstRows.areThere(answer(), dispatch());
    }

    @Override
    protected boolean mayWrite() {
        return phase != Phase.ANSWER || !isSent();
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case COLUMNS -> {
                phase = Phase.BEGIN;
                if (rows == null) {
                    CopyCharset.check(statement.form());
                    columns = first(new CopyColumns(dispatch(), statement));
                }
                return false;
            }
            case BEGIN -> {
                results = new CopyResults(dispatch().isImplicitTransaction());
                CopyColumns known = columns;
                if (known != null) {
                    rows = statement.form().isText()
                            ? new TextRows(known.result(), statement.form(), answer())
                            : new BinaryRows(known.result());
                }
                phase = Phase.ASK;
                begin = first(new BeginNow(dispatch()));
                return false;
            }
            case ASK -> {
                Objects.requireNonNull(begin).result();
                dispatch().meaning().sends(statement.shape());
                CopiedRows reading = Objects.requireNonNull(rows);
                answer().result().describe(reading.plan());
                dispatch()
                        .bareRequest()
                        .message(new Query(statement.sql()))
                        .expect(new CopyToExchange(statement.sql(), reading, answer(), answer().result()));
                phase = Phase.ANSWER;
                send(Flight.STATEMENT);
                return false;
            }
            case ANSWER -> {
                return over(answer());
            }
        }
        throw new IllegalStateException(phase.name());
    }

    private CopyResults answer() {
        return Objects.requireNonNull(results);
    }
}
