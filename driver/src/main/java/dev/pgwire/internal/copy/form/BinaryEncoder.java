package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.ClassName;
import dev.pgwire.internal.statement.ValueEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows in binary: a count of fields, then each field behind its length. A String for a column of another type is read as the text of that type. */
final class BinaryEncoder extends RowEncoder implements ValueEncoder.Terms {
    private static final short TRAILER = -1;

    private final @Nullable FieldCodec<?>[] codecs;
    private final TypeRegistry types;
    private final ValueEncoder encoder;

    BinaryEncoder(RowPlan plan, TypeRegistry types) {
        super(plan);
        this.types = types;
        this.encoder = new ValueEncoder(out, this);
        this.codecs = new FieldCodec<?>[plan.size()];
        for (int i = 0; i < codecs.length; i++) {
            codecs[i] = plan.codec(i);
        }
    }

    @Override
    public void begin() {
        out.writeBytes(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    @Override
    public void end() {
        out.writeShort(TRAILER);
    }

    @Override
    void write(@Nullable Object[] values) {
        out.writeShort(values.length);
        for (int i = 0; i < values.length; i++) {
            FieldCodec<?> codec = codecs[i];
            Object value = values[i];
            if (codec != null && value instanceof CharSequence && !codec.accepts(value)) {
                value = read(i, codec, value.toString());
            } else if (codec == null && value != null) {
                throw new DataException(
                        SqlState.DATA_EXCEPTION,
                        place(i) + " cannot take " + ClassName.withArticle(value)
                                + " in binary, since its type has no codec, expected FORMAT text or csv in the statement",
                        null);
            }
            encoder.write(i, codec, value);
        }
    }

    private Object read(int column, FieldCodec<?> codec, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            Object value = codec.decodeText(bytes, 0, bytes.length);
            if (codec.accepts(value)) {
                return value;
            }
        } catch (DataException unreadable) {
            throw new DataException(
                    unreadable.sqlState(),
                    place(column) + " cannot take this text in binary: " + unreadable.getMessage() + "; expected "
                            + codec.expected() + ", or FORMAT text or csv in the statement",
                    unreadable);
        }
        throw new DataException(
                SqlState.DATA_EXCEPTION,
                place(column) + " cannot take text in binary, expected " + codec.expected()
                        + ", or FORMAT text or csv in the statement",
                null);
    }

    @Override
    public Object base(Object value) {
        return types.base(value);
    }
}
