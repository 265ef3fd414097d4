package dev.pgwire.internal.insert;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.RefusedValue;
import dev.pgwire.internal.statement.ValueEncoder;
import dev.pgwire.protocol.Format;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

// HOT: a million rows a second pass here, see docs/decisions.md "The bulk writer"

/**
 * Some rows, encoded as the tuples of COPY in binary: an Int16 count of fields, then the fields. They are encoded as soon as
 * the caller gives them, before it is known which way they go, so that nothing of the caller's is kept.
 */
final class RowChunk implements ValueEncoder.Terms {
    /** A chunk is full when it has this number of bytes. */
    private static final int FULL = 128 * 1024;

    private final FieldBuffer fields;
    private final ValueEncoder encoder;
    private final List<String> columns;
    private final PreparedStatement statement;
    private final @Nullable FieldCodec<?>[] codecs;
    private final boolean refusesText;
    /** The fields that are text although their column has a codec: row times columns plus column. */
    private final BitSet texts = new BitSet();

    private int rows;
    private long before;

    /** A chunk for the columns of a statement, in a buffer; where text is refused, binary is all that the way takes. */
    RowChunk(FieldBuffer fields, List<String> columns, PreparedStatement statement, boolean refusesText) {
        this.fields = fields;
        this.encoder = new ValueEncoder(fields, this);
        this.columns = columns;
        this.statement = statement;
        this.codecs = statement.parameterCodecs();
        this.refusesText = refusesText;
    }

    /**
     * Takes the next rows in place of the ones at hand, until it is full or has that number.
     *
     * @param source has another row
     * @return whether the source has more
     * @throws DataException if a value cannot be written as its column's type
     */
    boolean fill(Iterator<@Nullable Object[]> source, int most) {
        fields.clear();
        texts.clear();
        before += rows;
        rows = 0;
        boolean more = true;
        while (more && rows < most && fields.size() < FULL) {
            add(source.next());
            more = source.hasNext();
        }
        return more;
    }

    /** The encoded rows. */
    FieldBuffer fields() {
        return fields;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return codecs.length;
    }

    /** Whether a field is text although its column has a codec, which only Bind can tell the server. */
    boolean hasText() {
        return !texts.isEmpty();
    }

    /** Whether that field is such a one. */
    boolean isText(int row, int column) {
        return texts.get(row * codecs.length + column);
    }

    private void add(@Nullable Object[] values) {
        if (values.length != codecs.length) {
            throw new InterfaceException("row " + (before + rows) + " has " + values.length + " values, expected "
                    + codecs.length + ", one for each of " + columns);
        }
        fields.writeShort(values.length);
        for (int i = 0; i < values.length; i++) {
            FieldCodec<?> codec = codecs[i];
            if (encoder.write(i, codec, values[i]) == Format.TEXT && codec != null) {
                texts.set(rows * codecs.length + i);
            }
        }
        rows++;
    }

    @Override
    public String text(@Nullable FieldCodec<?> codec, Object value) {
        if (refusesText) {
            throw RefusedValue.inBinary(codec, value);
        }
        return ValueEncoder.Terms.super.text(codec, value);
    }

    @Override
    public Object base(Object value) {
        return statement.base(value);
    }

    @Override
    public String place(int column) {
        return "row " + (before + rows) + ", column \"" + columns.get(column) + "\" ("
                + statement.parameterTypeName(column) + ")";
    }
}
