package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.Cube;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Range;
import dev.pgwire.type.Snapshot;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The values of a statement that was not described. What only one type takes is declared as that and goes in binary;
 * what several types take, as strings and numbers, goes as text, whose type the server infers as it does when it prepares the statement.
 */
public final class DeclaredParameters implements ValueEncoder.Terms {
    private static final int NUMERIC = 1700;
    private static final int FLOAT8 = 701;
    private static final int INET = 869;
    /** Whole numbers up to here are written without an exponent, which the types of whole numbers do not read. */
    private static final double MOST_DIGITS = 1e18;

    private final TypeRegistry types;
    private final FieldBuffer fields = FieldBuffer.ofParameters();
    private final ValueEncoder encoder = new ValueEncoder(fields, this);
    private int[] oids = {};
    private Format[] formats = {};

    public DeclaredParameters(TypeRegistry types) {
        this.types = types;
    }

    /**
     * Takes the values of the next statement.
     *
     * @throws DataException if no type takes a value, or its own does not
     */
    public void take(@Nullable Object[] values) {
        if (oids.length != values.length) {
            oids = new int[values.length];
            formats = new Format[values.length];
        }
        fields.clear();
        for (int i = 0; i < values.length; i++) {
            oids[i] = ValueTypes.INFERRED;
            Object value = written(i, values[i]);
            oids[i] = value == null ? ValueTypes.INFERRED : oid(value);
            formats[i] = encoder.write(i, declared(oids[i]), value);
        }
    }

    /** A value as it is written, of which the class says the type. */
    private @Nullable Object written(int index, @Nullable Object value) {
        try {
            return value == null ? null : types.base(value);
        } catch (DataException failed) {
            throw DriverErrors.in(place(index) + " ", failed);
        }
    }

    private int oid(Object value) {
        int oid = ValueTypes.oid(value);
        return oid == ValueTypes.INFERRED ? types.declares(value) : oid;
    }

    /** The types that are to be declared, 0 where the server infers. */
    public int[] oids() {
        return oids;
    }

    public Format[] formats() {
        return formats;
    }

    public int count() {
        return oids.length;
    }

    public ByteBuf values() {
        return fields.view();
    }

    private @Nullable FieldCodec<?> declared(int oid) {
        return oid == ValueTypes.INFERRED ? null : plain(oid);
    }

    /** A codec for what is converted already. */
    private @Nullable FieldCodec<?> plain(int oid) {
        FieldCodec<?> codec = types.codec(oid);
        return codec == null ? null : codec.plain();
    }

    @Override
    public String text(@Nullable FieldCodec<?> codec, Object value) {
        if (codec == null) {
            return text(value);
        }
        String literal = codec.literal(value);
        if (literal == null) {
            throw RefusedValue.declared(codec, value);
        }
        return literal;
    }

    @Override
    public String place(int index) {
        FieldCodec<?> codec = declared(oids[index]);
        return "parameter $" + (index + 1) + (codec == null ? "" : " (" + types.typeName(oids[index]) + ")");
    }

    private String text(Object value) {
        String composed = composed(value);
        return composed == null ? simple(value) : composed;
    }

    /** The text of an array or a range; null for what is neither. */
    private @Nullable String composed(Object value) {
        boolean mayBe = value instanceof Collection<?>
                || (value.getClass().isArray() && !(value instanceof byte[]))
                || value instanceof PgArray<?>
                || value instanceof Range<?>
                || value instanceof Multirange<?>;
        return mayBe ? new UndeclaredText(this::part).of(value) : null;
    }

    /** What stands in an array or a range; null if it has no text. */
    private @Nullable String part(Object given) {
        Object value = types.base(given);
        FieldCodec<?> codec = declared(ValueTypes.oid(value));
        if (codec != null) {
            return codec.part(value);
        }
        try {
            return simple(value);
        } catch (DataException hasNone) {
            return null;
        }
    }

    private String simple(Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Double || value instanceof Float) {
            return digits(((Number) value).doubleValue());
        }
        if (value instanceof Inet || value instanceof Snapshot || value instanceof Cube) {
            // Several types take it, or one whose oid is not known here, and all of them read its text.
            return value.toString();
        }
        if (value instanceof InetAddress host) {
            return address(host);
        }
        FieldCodec<?> numeric = plain(NUMERIC);
        if (!(value instanceof Number) || numeric == null || !numeric.accepts(value)) {
            throw RefusedValue.ofNoType(numeric, value);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private String address(InetAddress host) {
        FieldCodec<?> inet = plain(INET);
        String text = inet == null ? null : inet.part(host);
        if (text == null) {
            throw RefusedValue.ofNoType(inet, host);
        }
        return text;
    }

    /** The shortest text that is this number, whichever type of numbers reads it. */
    @SuppressWarnings("unchecked") // The codec of float8 is one of Doubles.
    private String digits(double value) {
        if (Math.rint(value) == value && Math.abs(value) < MOST_DIGITS && (value != 0 || 1 / value > 0)) {
            return Long.toString((long) value);
        }
        FieldCodec<Double> float8 = (FieldCodec<Double>) plain(FLOAT8);
        return float8 == null ? Double.toString(value) : float8.format(value);
    }
}
