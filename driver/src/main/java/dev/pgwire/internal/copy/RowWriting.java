package dev.pgwire.internal.copy;

import dev.pgwire.internal.copy.form.CopyCharset;
import dev.pgwire.internal.copy.form.RowEncoder;
import dev.pgwire.internal.insert.InsertRows;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.CopyForm;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.row.Column;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A COPY FROM STDIN that is under way, and the rows that are written for it and were not sent yet. */
public final class RowWriting {
    /** Is told how far a COPY has come. */
    public interface Progress {
        /** How much was sent, and how many rows were written for it. */
        void moved(long bytes, long rows);
    }

    /** With this many bytes it is worth sending. */
    private static final int PART = 64 * 1024;

    private final CopyFrom copy;
    private final RowEncoder encoder;
    private boolean raw;
    /** Of the part that is being sent. */
    private int length;
    /** Reads one row after the other. */
    private @Nullable InsertRows singles;

    private @Nullable Object single;

    private RowWriting(CopyFrom copy, RowEncoder encoder) {
        this.copy = copy;
        this.encoder = encoder;
    }

    /** Begins a COPY, whose columns are asked for before. */
    public static Procedure<RowWriting> beginning(Dispatch dispatch, CopyStatement statement) {
        return new Beginning(dispatch, statement);
    }

    /** A whole COPY, of rows as an insert takes them; gives how many were stored. */
    public static Procedure<Long> whole(
            Dispatch dispatch, CopyStatement statement, Iterator<?> rows, Progress progress) {
        return new Whole(dispatch, statement, rows, progress);
    }

    /** The COPY. */
    public CopyFrom copy() {
        return copy;
    }

    /** Rows in the order of the columns. */
    public Iterator<@Nullable Object[]> ordered(Iterator<?> rows) {
        return rows(encoder, rows);
    }

    private static Iterator<@Nullable Object[]> rows(RowEncoder encoder, Iterator<?> rows) {
        return new InsertRows(
                encoder.plan().columns().stream().map(Column::name).toList(), rows);
    }

    /** Writes a row; returns whether there is enough to be sent. */
    public boolean row(@Nullable Object[] values) {
        encoder.row(values);
        return encoder.out().size() >= PART;
    }

    /** Writes a row that has its values in itself, as an insert takes it; returns whether there is enough to be sent. */
    public boolean single(Object row) {
        single = row;
        InsertRows reading = singles;
        if (reading == null) {
            reading = (InsertRows) ordered(new Iterator<@Nullable Object>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public @Nullable Object next() {
                    return single;
                }
            });
            singles = reading;
        }
        return row(reading.next());
    }

    /** Writes data as it is; returns whether there is enough to be sent. */
    public boolean raw(byte[] bytes, int offset, int length) {
        encoder.out().writeBytes(bytes, offset, length);
        return encoder.out().size() >= PART;
    }

    /** Forgets the header that is for rows: what is written is data as it is. */
    public void isRaw() {
        raw = true;
        encoder.clear();
    }

    /** Writes what stands behind the last row. */
    public void endRows() {
        encoder.end();
    }

    /** How many rows were written. */
    public long rows() {
        return encoder.rows();
    }

    /** Whether something is to be sent. */
    public boolean isAny() {
        return encoder.out().size() > 0;
    }

    /** Sends what was written; to be {@link #sent}. */
    public Procedure<Long> part() {
        length = raw ? encoder.out().size() : encoder.length();
        return copy.part(raw ? encoder.out().bytes() : encoder.bytes(), length);
    }

    /** What was written has been sent; returns how many bytes that were. */
    public int sent() {
        encoder.clear();
        return length;
    }

    private static final class Beginning extends Procedure<RowWriting> {
        private final CopyStatement statement;
        private @Nullable CopyColumns columns;
        private @Nullable RowEncoder encoder;
        private @Nullable CopyFrom copy;
        private @Nullable Procedure<?> begun;

        Beginning(Dispatch dispatch, CopyStatement statement) {
            super(dispatch);
            this.statement = statement;
        }

        @Override
        protected boolean proceed() {
            CopyColumns asked = columns;
            if (asked == null) {
                columns = first(new CopyColumns(dispatch(), statement));
                return false;
            }
            RowPlan plan = asked.result();
            if (begun == null) {
                CopyCharset.check(statement.form());
                // What it refuses is refused before the server waits for data.
                RowEncoder made =
                        RowEncoder.of(plan, statement.form(), dispatch().types());
                made.begin();
                encoder = made;
                copy = new CopyFrom(dispatch(), statement);
                begun = first(copy.begin());
                return false;
            }
            begun.result();
            return over(new RowWriting(Objects.requireNonNull(copy), Objects.requireNonNull(encoder)));
        }
    }

    private static final class Whole extends Procedure<Long> {
        private final CopyStatement statement;
        private final Iterator<?> rows;
        private final Progress progress;
        private final CopyColumns columns;
        private boolean asked;
        private @Nullable CopyingIn copying;

        Whole(Dispatch dispatch, CopyStatement statement, Iterator<?> rows, Progress progress) {
            super(dispatch);
            this.statement = statement;
            this.rows = rows;
            this.progress = progress;
            this.columns = new CopyColumns(dispatch, statement);
        }

        @Override
        protected boolean proceed() {
            CopyingIn begun = copying;
            if (!asked) {
                asked = true;
                CopyForm form = statement.form();
                CopyCharset.check(form);
                first(columns);
                return false;
            }
            if (begun == null) {
                RowEncoder encoder = RowEncoder.of(
                        columns.result(), statement.form(), dispatch().types());
                copying = first(new CopyingIn(
                        dispatch(),
                        statement,
                        new RowSource(encoder, rows(encoder, rows)),
                        bytes -> progress.moved(bytes, encoder.rows())));
                return false;
            }
            return over(begun.result());
        }
    }
}
