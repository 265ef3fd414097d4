package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.CopyForm;
import org.jspecify.annotations.Nullable;

/** Writes rows as the data of a COPY, in its format. A row that cannot be written leaves nothing behind. */
public abstract class RowEncoder {
    /** PGCOPY, with bytes that show damage by conversions. */
    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};

    final RowPlan plan;
    final FieldBuffer out = new FieldBuffer();
    private long rows;

    RowEncoder(RowPlan plan) {
        this.plan = plan;
    }

    /** What writes rows of a plan in a form. */
    public static RowEncoder of(RowPlan plan, CopyForm form, TypeRegistry types) {
        return form.format() == CopyForm.Format.BINARY
                ? new BinaryEncoder(plan, types)
                : new TextEncoder(plan, form, types);
    }

    /** What is read of its rows. */
    public final RowPlan plan() {
        return plan;
    }

    /** The bytes by which data in binary begins. Not to be changed. */
    public static byte[] signature() {
        return SIGNATURE;
    }

    /** What was written. */
    public final FieldBuffer out() {
        return out;
    }

    /** How many rows were written. */
    public final long rows() {
        return rows;
    }

    /** What stands before the first row. */
    public abstract void begin();

    /** What stands behind the last row. */
    public abstract void end();

    /**
     * Writes a row.
     *
     * @throws dev.pgwire.error.DataException if a value cannot be written as its column's type
     * @throws InterfaceException if there is not one for each column
     */
    public final void row(@Nullable Object[] values) {
        if (values.length != plan.size()) {
            throw new InterfaceException("row " + rows + " has " + values.length + " values, expected " + plan.size()
                    + ", one for each of " + plan.columns());
        }
        int before = out.size();
        try {
            write(values);
        } catch (Throwable unusable) {
            out.cut(before);
            throw unusable;
        }
        rows++;
    }

    abstract void write(@Nullable Object[] values);

    /** The bytes of what was written, in the encoding of the COPY; they change with the next row. */
    public byte[] bytes() {
        return out.bytes();
    }

    /** How many of them count. */
    public int length() {
        return out.size();
    }

    /** Forgets what was written. */
    public void clear() {
        out.clear();
    }

    /** What a message calls the value that is being written. */
    public final String place(int column) {
        return "row " + rows + ", " + plan.describe(column);
    }
}
