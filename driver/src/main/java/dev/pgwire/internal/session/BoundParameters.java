package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.type.Codec;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a statement's parameters: binary by the codec of the parameter's type, and text where a String is
 * given for another type, which the server then reads as it reads a quoted literal.
 */
final class BoundParameters {
    private final RequestWriter writer = new RequestWriter();
    /** One for each parameter of the last statement. */
    private Format[] formats = {};

    /**
     * Encodes a Bind of a prepared statement.
     *
     * @throws InterfaceException if the number of values is wrong
     * @throws DataException if a value cannot be written as its parameter's type; nothing was written then
     */
    void bind(ByteBuf out, PreparedStatement statement, @Nullable Object[] values) {
        int count = statement.parameterTypes().length;
        checkCount(statement.sql(), count, values.length);
        if (formats.length != count) {
            formats = new Format[count];
        }
        writer.clear();
        for (int i = 0; i < count; i++) {
            formats[i] = write(i, values[i], statement);
        }
        Bind.encode(out, statement.nameBytes(), formats, count, writer.values(), statement.resultFormats());
    }

    private Format write(int index, @Nullable Object value, PreparedStatement statement) {
        Codec<?> codec = statement.parameterCodecs()[index];
        if (value == null) {
            writer.writeNull();
            return codec == null ? Format.TEXT : Format.BINARY;
        }
        int start = writer.begin();
        Format format;
        try {
            if (codec != null && codec.accepts(value)) {
                codec.encode(value, writer);
                format = Format.BINARY;
            } else if (value instanceof CharSequence text) {
                writer.writeUtf8(text.toString());
                format = Format.TEXT;
            } else {
                throw RefusedValue.by(codec, value);
            }
        } catch (DatabaseException wrong) {
            throw DriverErrors.in(
                    "parameter $" + (index + 1) + " (" + statement.parameterTypeName(index) + ") ", wrong);
        }
        writer.end(start);
        return format;
    }

    /**
     * Checks the number of values.
     *
     * @throws InterfaceException if it is not that of the parameters
     */
    static void checkCount(String sql, int parameters, int values) {
        if (values != parameters) {
            String foreign = parameters == 0 ? Hints.foreignPlaceholder(sql) : null;
            throw new InterfaceException("the statement has " + count(parameters) + ", " + values + " "
                    + (values == 1 ? "value was" : "values were") + " given, expected " + parameters
                    + (foreign == null ? "" : "; " + foreign));
        }
    }

    private static String count(int parameters) {
        return switch (parameters) {
            case 0 -> "no parameters";
            case 1 -> "1 parameter ($1)";
            default -> parameters + " parameters ($1 to $" + parameters + ")";
        };
    }
}
