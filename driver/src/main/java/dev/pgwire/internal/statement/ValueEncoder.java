package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import org.jspecify.annotations.Nullable;

// HOT: see BindBenchmark, and docs/decisions.md "The bulk writer"

/** How a value becomes a field: binary by a codec that accepts it, else by its text; and where it stands, if neither can be. */
public final class ValueEncoder {
    /** What differs between values of a statement and values of a table's row. */
    public interface Terms {
        /**
         * The text of a value that the codec does not accept.
         *
         * @param codec null if the type has none
         * @throws DataException if text is not taken for it
         */
        default String text(@Nullable FieldCodec<?> codec, Object value) {
            String literal =
                    codec != null ? codec.literal(value) : value instanceof CharSequence ? value.toString() : null;
            if (literal == null) {
                throw RefusedValue.by(codec, value);
            }
            return literal;
        }

        /** What is written for a value of a class that the program has a conversion for; the value itself, if it has none. */
        default Object base(Object value) {
            return value;
        }

        /** What a message calls the value that is being written: {@code parameter $1 (int4)}. */
        String place(int index);
    }

    private final FieldBuffer fields;
    private final Terms terms;

    /** An encoder into a buffer. */
    public ValueEncoder(FieldBuffer fields, Terms terms) {
        this.fields = fields;
        this.terms = terms;
    }

    /**
     * Writes a value as the next field.
     *
     * @param index the number of the value, which {@link Terms#place} is asked for
     * @param codec null if the type has none, or is not known; it converts the parts of a value, but not the value itself
     * @return the format in which it was written; of NULL, in which another value would probably be
     * @throws DatabaseException if it cannot be written; a part of the field may have been
     */
    public Format write(int index, @Nullable FieldCodec<?> codec, @Nullable Object value) {
        if (value == null) {
            fields.writeNull();
            return codec == null ? Format.TEXT : Format.BINARY;
        }
        int start = fields.startField();
        Format format;
        try {
            Object base = terms.base(value);
            if (codec != null && codec.accepts(base)) {
                codec.encode(base, fields);
                format = Format.BINARY;
            } else {
                fields.writeUtf8(terms.text(codec, base));
                format = Format.TEXT;
            }
        } catch (DatabaseException wrong) {
            throw DriverErrors.in(terms.place(index) + " ", wrong);
        }
        fields.endField(start);
        return format;
    }
}
