package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.type.Cube;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Range;
import dev.pgwire.type.Snapshot;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The texts of values that several types take, such as strings, numbers and arrays: the server infers which one is meant. */
final class InferredText {
    private static final int NUMERIC = 1700;
    private static final int FLOAT8 = 701;
    private static final int INET = 869;
    /** Whole numbers up to here are written without an exponent, which the types of whole numbers do not read. */
    private static final double MOST_DIGITS = 1e18;

    private final TypeRegistry types;

    /**
     * Texts of values.
     *
     * @param types converts what stands in an array or a range
     */
    InferredText(TypeRegistry types) {
        this.types = types;
    }

    /** A codec for what is converted already. */
    @Nullable
    FieldCodec<?> plain(int oid) {
        FieldCodec<?> codec = types.codec(oid);
        return codec == null ? null : codec.plain();
    }

    /**
     * The text of a value.
     *
     * @throws DataException if no type takes it
     */
    String of(Object value) {
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
        int oid = ValueTypes.oid(value);
        FieldCodec<?> codec = oid == ValueTypes.INFERRED ? null : plain(oid);
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
