package dev.pgwire.internal.codec.range;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Range;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A range of any type, read as a {@link Range}. Source: PostgreSQL manual, 8.17 Range Types.
 *
 * @param <T> the Java type of the bounds
 */
public final class RangeCodec<T> extends FieldCodec<Range<T>> {
    private final FieldCodec<T> subtype;

    /**
     * A codec for the ranges of a type.
     *
     * @param name what messages call the range
     * @param subtype the codec of the bounds
     */
    public RangeCodec(String name, FieldCodec<T> subtype) {
        super(name, Range.class);
        this.subtype = subtype;
    }

    @Override
    public Format wanted() {
        return subtype.wanted();
    }

    @Override
    public Range<T> decodeBinary(byte[] source, int offset, int length) {
        return range(BinaryBounds.read(this, source, offset, length));
    }

    @Override
    public Range<T> decodeText(byte[] source, int offset, int length) {
        return range(new TextBounds(this, source, offset, length).only());
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        if (raw != Range.class) {
            throw noConversion(target);
        }
        Bounds in = format == Format.BINARY
                ? BinaryBounds.read(this, source, offset, length)
                : new TextBounds(this, source, offset, length).only();
        return typed(in, target.getActualTypeArguments()[0]);
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return raw == Range.class && readsBound(target.getActualTypeArguments()[0]);
    }

    /** Whether the bounds can be had as a type. */
    boolean readsBound(Type bound) {
        return subtype.readsTyped(bound);
    }

    /** A range whose bounds are of a type. */
    Range<Object> typed(Bounds in, Type bound) {
        if (in.is(Bounds.EMPTY)) {
            return Range.empty();
        }
        Object lower =
                in.hasLower() ? subtype.decodeTyped(in.bytes, in.lowerAt, in.lowerLength, in.format, bound) : null;
        Object upper =
                in.hasUpper() ? subtype.decodeTyped(in.bytes, in.upperAt, in.upperLength, in.format, bound) : null;
        return new Range<>(lower, upper, in.is(Bounds.LOWER_INCLUSIVE), in.is(Bounds.UPPER_INCLUSIVE), false);
    }

    @SuppressWarnings("unchecked") // What the codec gives when no class is asked for counts as its own.
    Range<T> range(Bounds in) {
        if (in.is(Bounds.EMPTY)) {
            return Range.empty();
        }
        T lower = in.hasLower() ? (T) subtype.generic(in.bytes, in.lowerAt, in.lowerLength, in.format) : null;
        T upper = in.hasUpper() ? (T) subtype.generic(in.bytes, in.upperAt, in.upperLength, in.format) : null;
        return new Range<>(lower, upper, in.is(Bounds.LOWER_INCLUSIVE), in.is(Bounds.UPPER_INCLUSIVE), false);
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        StringBuilder out = new StringBuilder();
        print(
                format == Format.BINARY
                        ? BinaryBounds.read(this, source, offset, length)
                        : new TextBounds(this, source, offset, length).only(),
                out);
        return out.toString();
    }

    /** Writes a range as the server prints it. */
    void print(Bounds in, StringBuilder out) {
        if (in.is(Bounds.EMPTY)) {
            out.append("empty");
            return;
        }
        out.append(in.is(Bounds.LOWER_INCLUSIVE) ? '[' : '(');
        if (in.hasLower()) {
            print(subtype.outputOf(in.bytes, in.lowerAt, in.lowerLength, in.format), out);
        }
        out.append(',');
        if (in.hasUpper()) {
            print(subtype.outputOf(in.bytes, in.upperAt, in.upperLength, in.format), out);
        }
        out.append(in.is(Bounds.UPPER_INCLUSIVE) ? ']' : ')');
    }

    private static void print(String bound, StringBuilder out) {
        if (!needsQuotes(bound)) {
            out.append(bound);
            return;
        }
        out.append('"');
        for (int i = 0; i < bound.length(); i++) {
            char c = bound.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(c);
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean needsQuotes(String bound) {
        if (bound.isEmpty()) {
            return true;
        }
        for (int i = 0; i < bound.length(); i++) {
            char c = bound.charAt(i);
            if ("\"\\()[],".indexOf(c) >= 0 || c == ' ' || (c >= 9 && c <= 13)) {
                return true;
            }
        }
        return false;
    }

    /** The text of the bytes that the value makes: bounds may be of any class that the codec of the bounds accepts. */
    @Override
    public String format(Range<T> value) {
        FieldBuffer written = new FieldBuffer();
        encode(value, written);
        return textOf(written.bytes(), 0, written.size(), Format.BINARY);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Range<?> range && acceptsBound(range.lower()) && acceptsBound(range.upper());
    }

    private boolean acceptsBound(@Nullable Object bound) {
        return bound == null || subtype.accepts(bound);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Range<?> range = (Range<?>) value;
        out.writeByte((range.isEmpty() ? Bounds.EMPTY : 0)
                | (range.lowerInclusive() ? Bounds.LOWER_INCLUSIVE : 0)
                | (range.upperInclusive() ? Bounds.UPPER_INCLUSIVE : 0)
                | (range.lower() == null && !range.isEmpty() ? Bounds.LOWER_INFINITE : 0)
                | (range.upper() == null && !range.isEmpty() ? Bounds.UPPER_INFINITE : 0));
        encodeBound(range.lower(), out);
        encodeBound(range.upper(), out);
    }

    private void encodeBound(@Nullable Object bound, FieldWriter out) {
        if (bound != null) {
            int start = out.startField();
            subtype.encode(bound, out);
            out.endField(start);
        }
    }

    /** For bounds that are given as text. */
    @Override
    public @Nullable String literal(Object value) {
        if (!(value instanceof Range<?> range)) {
            return super.literal(value);
        }
        if (range.isEmpty()) {
            return "empty";
        }
        StringBuilder out = new StringBuilder().append(range.lowerInclusive() ? '[' : '(');
        if (!appendBound(range.lower(), out)) {
            return null;
        }
        out.append(',');
        return appendBound(range.upper(), out)
                ? out.append(range.upperInclusive() ? ']' : ')').toString()
                : null;
    }

    private boolean appendBound(@Nullable Object bound, StringBuilder out) {
        String text = bound == null ? "" : subtype.part(bound);
        if (bound != null && text != null) {
            print(text, out);
        }
        return text != null;
    }

    @Override
    public String expected() {
        return "a Range, of which each bound is missing or " + subtype.expected();
    }
}
