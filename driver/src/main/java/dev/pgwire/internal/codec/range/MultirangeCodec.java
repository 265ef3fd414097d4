package dev.pgwire.internal.codec.range;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Range;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multirange of any type, read as a {@link Multirange}. In binary format: the number of its ranges, then each with its
 * length. Source: PostgreSQL manual, 8.17 Range Types.
 *
 * @param <T> the Java type of the bounds
 */
public final class MultirangeCodec<T> extends FieldCodec<Multirange<T>> {
    private final RangeCodec<T> range;

    /**
     * A codec for several ranges of a type.
     *
     * @param name what messages call the multirange
     * @param range the codec of its ranges
     */
    public MultirangeCodec(String name, RangeCodec<T> range) {
        super(name, Multirange.class);
        this.range = range;
    }

    @Override
    public Format wanted() {
        return range.wanted();
    }

    @Override
    public Multirange<T> decodeBinary(byte[] source, int offset, int length) {
        return multirange(binary(source, offset, length));
    }

    @Override
    public Multirange<T> decodeText(byte[] source, int offset, int length) {
        return multirange(text(source, offset, length));
    }

    private Multirange<T> multirange(List<Bounds> parts) {
        List<Range<T>> ranges = new ArrayList<>(parts.size());
        for (Bounds part : parts) {
            ranges.add(range.range(part));
        }
        return new Multirange<>(ranges);
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        if (raw != Multirange.class) {
            throw noConversion(target);
        }
        List<Bounds> parts = format == Format.BINARY ? binary(source, offset, length) : text(source, offset, length);
        List<Range<Object>> ranges = new ArrayList<>(parts.size());
        for (Bounds part : parts) {
            ranges.add(range.typed(part, target.getActualTypeArguments()[0]));
        }
        return new Multirange<>(ranges);
    }

    private List<Bounds> binary(byte[] source, int offset, int length) {
        int end = offset + length;
        int count = length < 4 ? -1 : BigEndian.getInt(source, offset);
        int at = offset + 4;
        // The shortest range is empty: a length and a byte.
        if (count < 0 || count > (end - at) / 5) {
            throw badBinary(count + " ranges in " + length + " bytes, expected not more than there are bytes for");
        }
        List<Bounds> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int size = end - at < 4 ? -1 : BigEndian.getInt(source, at);
            at += 4;
            if (size < 0 || size > end - at) {
                throw badBinary("a range of " + size + " bytes, expected 0 to " + Math.max(0, end - at));
            }
            parts.add(BinaryBounds.read(range, source, at, size));
            at += size;
        }
        if (at != end) {
            throw badBinary((end - at) + " bytes behind its last range, expected none");
        }
        return parts;
    }

    private List<Bounds> text(byte[] source, int offset, int length) {
        TextBounds in = new TextBounds(this, source, offset, length);
        List<Bounds> parts = new ArrayList<>();
        if (!in.passes('{')) {
            throw in.bad();
        }
        if (!in.passes('}')) {
            do {
                parts.add(in.range());
            } while (in.passes(','));
            if (!in.passes('}')) {
                throw in.bad();
            }
        }
        in.end();
        return parts;
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        List<Bounds> parts = format == Format.BINARY ? binary(source, offset, length) : text(source, offset, length);
        StringBuilder out = new StringBuilder("{");
        for (Bounds part : parts) {
            if (out.length() > 1) {
                out.append(',');
            }
            range.print(part, out);
        }
        return out.append('}').toString();
    }

    /** The text of the bytes that the value makes: bounds may be of any class that the codec of the bounds accepts. */
    @Override
    public String format(Multirange<T> value) {
        FieldBuffer written = new FieldBuffer();
        encode(value, written);
        return textOf(written.bytes(), 0, written.size(), Format.BINARY);
    }

    @Override
    public boolean accepts(Object value) {
        Collection<?> ranges = ranges(value);
        return ranges != null && ranges.stream().allMatch(each -> each != null && range.accepts(each));
    }

    private static @Nullable Collection<?> ranges(Object value) {
        if (value instanceof Multirange<?> multirange) {
            return multirange.ranges();
        }
        return value instanceof Collection<?> collection ? collection : null;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Collection<?> ranges = ranges(value);
        if (ranges == null) {
            throw new IllegalArgumentException("no multirange: " + value.getClass());
        }
        out.writeInt(ranges.size());
        for (Object each : ranges) {
            int start = out.startField();
            range.encode(each, out);
            out.endField(start);
        }
    }

    /** For bounds that are given as text. */
    @Override
    public @Nullable String literal(Object value) {
        if (!(value instanceof Multirange<?> multirange)) {
            return super.literal(value);
        }
        StringBuilder out = new StringBuilder("{");
        for (Range<?> each : multirange.ranges()) {
            String text = range.literal(each);
            if (text == null) {
                return null;
            }
            out.append(out.length() > 1 ? "," : "").append(text);
        }
        return out.append('}').toString();
    }

    @Override
    public String expected() {
        return "a Multirange or a Collection, each element " + range.expected();
    }

    @Override
    protected @Nullable Object convertTo(Multirange<T> value, Class<?> target) {
        return target.isAssignableFrom(List.class) ? value.ranges() : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target.isAssignableFrom(List.class);
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return raw == Multirange.class && range.readsBound(target.getActualTypeArguments()[0]);
    }

    @Override
    protected String conversions() {
        return "Multirange, List of Range, String";
    }
}
