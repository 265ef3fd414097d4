package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.frontend.Bind;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

// HOT: see BindBenchmark

/**
 * Writes the values of a statement's parameters: binary by the codec of the parameter's type, and text where a String is
 * given for another type, which the server then reads as it reads a quoted literal.
 */
public final class BoundParameters implements ValueEncoder.Terms {
    private static final byte[] NOTHING = {};

    private final FieldBuffer fields = FieldBuffer.ofParameters();
    private final ValueEncoder encoder = new ValueEncoder(fields, this);
    /** One for each parameter of the last statement. */
    private Format[] formats = {};

    private @Nullable PreparedStatement bound;

    /**
     * Encodes a Bind of a prepared statement.
     *
     * @throws InterfaceException if the number of values is wrong
     * @throws DataException if a value cannot be written as its parameter's type; nothing was written then
     */
    public void bind(ByteBuf out, PreparedStatement statement, @Nullable Object[] values) {
        fields.clear();
        write(statement, values);
        bind(out, statement, 0);
    }

    /** The same of the unnamed statement, to a portal with a name. */
    public void bind(ByteBuf out, String portal, PreparedStatement statement, @Nullable Object[] values) {
        fields.clear();
        write(statement, values);
        Bind.encode(
                out,
                portal.getBytes(StandardCharsets.UTF_8),
                NOTHING,
                formats,
                formats.length,
                fields.view(0, fields.size()),
                statement.resultFormats());
    }

    /** As {@link #bind}, and Execute. */
    public void execute(ByteBuf out, PreparedStatement statement, @Nullable Object[] values) {
        execute(out, statement, values, NOTHING);
    }

    /** As {@link #execute}, and Sync. */
    public void executeAndSync(ByteBuf out, PreparedStatement statement, @Nullable Object[] values) {
        execute(out, statement, values, ExecutionFrame.SYNC);
    }

    private void execute(ByteBuf out, PreparedStatement statement, @Nullable Object[] values, byte[] behind) {
        ExecutionFrame frame = statement.frame();
        fields.clear();
        int from = frame == null ? 0 : frame.begin(fields);
        write(statement, values);
        if (frame != null && frame.fits(statement, formats)) {
            frame.end(fields);
            fields.writeBytes(behind);
            out.writeBytes(fields.bytes(), 0, fields.size());
            statement.executedAsBefore();
        } else {
            bind(out, statement, from);
            out.writeBytes(ExecutionFrame.EXECUTE).writeBytes(behind);
            statement.executedWith(formats);
        }
    }

    private void bind(ByteBuf out, PreparedStatement statement, int from) {
        Bind.encode(
                out,
                statement.nameBytes(),
                formats,
                formats.length,
                fields.view(from, fields.size()),
                statement.resultFormats());
    }

    private void write(PreparedStatement statement, @Nullable Object[] values) {
        @Nullable FieldCodec<?>[] codecs = statement.parameterCodecs();
        int count = codecs.length;
        checkCount(statement.sql(), count, values.length);
        if (formats.length != count) {
            formats = new Format[count];
        }
        bound = statement;
        for (int i = 0; i < count; i++) {
            formats[i] = encoder.write(i, codecs[i], values[i]);
        }
    }

    @Override
    public Object base(Object value) {
        return bound == null ? value : bound.base(value);
    }

    @Override
    public String place(int index) {
        return "parameter $" + (index + 1) + (bound == null ? "" : " (" + bound.parameterTypeName(index) + ")");
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
