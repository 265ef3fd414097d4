package dev.pgwire.internal.codec.array;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * int2vector and oidvector, which the catalogs have: numbers without NULL, in binary an array of one dimension from 0 on, in text
 * with blanks between them; read as a List. The server takes an empty one as text only. Source: PostgreSQL's
 * {@code pg_type.dat} and {@code int.c}.
 *
 * @param <E> the Java type of the numbers
 */
public final class VectorCodec<E> extends FieldCodec<List<E>> {
    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private final int elementType;
    private final FieldCodec<E> element;
    private final int elementSize;

    /**
     * A codec for the vectors of a type of numbers.
     *
     * @param name what messages call the vector
     * @param elementType the oid of the numbers' type, which stands in the bytes
     * @param element the codec of the numbers
     * @param elementSize how many bytes each of them has
     */
    public VectorCodec(String name, int elementType, FieldCodec<E> element, int elementSize) {
        super(name, List.class);
        this.elementType = elementType;
        this.element = element;
        this.elementSize = elementSize;
    }

    @Override
    public List<E> decodeBinary(byte[] source, int offset, int length) {
        int count = count(source, offset, length);
        List<E> values = new ArrayList<>(count);
        for (int i = 0, at = offset + HEADER + DIMENSION; i < count; i++, at += 4 + elementSize) {
            int size = BigEndian.getInt(source, at);
            if (size != elementSize) {
                throw badBinary("an element of " + size + " bytes, expected " + elementSize);
            }
            values.add(element.decodeBinary(source, at + 4, elementSize));
        }
        return List.copyOf(values);
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        if (!raw.isAssignableFrom(List.class) || !(target.getActualTypeArguments()[0] instanceof Class<?> wanted)) {
            throw noConversion(target);
        }
        List<E> values =
                format == Format.BINARY ? decodeBinary(source, offset, length) : decodeText(source, offset, length);
        List<Object> converted = new ArrayList<>(values.size());
        for (E value : values) {
            converted.add(element.convert(value, wanted));
        }
        return List.copyOf(converted);
    }

    /** How many elements there are; they have the rest of the bytes. */
    private int count(byte[] source, int offset, int length) {
        int dimensions = length < HEADER ? -1 : BigEndian.getInt(source, offset);
        if (dimensions == 0 && length == HEADER) {
            return 0;
        }
        if (dimensions != 1 || length < HEADER + DIMENSION) {
            throw badBinary(length + " bytes, expected an array of one dimension");
        }
        int type = BigEndian.getInt(source, offset + 8);
        if (type != elementType) {
            throw badBinary(
                    "elements of the type with oid " + Integer.toUnsignedString(type) + ", expected " + elementType);
        }
        int count = BigEndian.getInt(source, offset + HEADER);
        if (count < 0 || length - HEADER - DIMENSION != count * (4L + elementSize)) {
            throw badBinary(count + " elements in " + length + " bytes");
        }
        return count;
    }

    @Override
    public List<E> decodeText(byte[] source, int offset, int length) {
        List<E> values = new ArrayList<>();
        int start = offset;
        for (int i = offset; length > 0 && i <= offset + length; i++) {
            if (i == offset + length || source[i] == ' ') {
                values.add(element.decodeText(source, start, i - start));
                start = i + 1;
            }
        }
        return List.copyOf(values);
    }

    @Override
    public String format(List<E> value) {
        return value.stream().map(element::format).collect(Collectors.joining(" "));
    }

    @Override
    public boolean accepts(Object value) {
        Collection<? extends @Nullable Object> members = FlatArray.members(value);
        if (members == null || members.isEmpty()) {
            return false;
        }
        for (Object each : members) {
            if (each == null || !element.accepts(each)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Collection<? extends @Nullable Object> members = FlatArray.members(value);
        if (members == null) {
            throw new IllegalArgumentException("no vector: " + value.getClass());
        }
        out.writeInt(1);
        out.writeInt(0);
        out.writeInt(elementType);
        out.writeInt(members.size());
        out.writeInt(0);
        for (Object each : members) {
            out.writeInt(elementSize);
            element.encode(Objects.requireNonNull(each), out);
        }
    }

    /** For an empty one, and for all that stand in an array with an empty one. */
    @Override
    public @Nullable String literal(Object value) {
        if (accepts(value)) {
            FieldBuffer written = new FieldBuffer();
            encode(value, written);
            return textOf(written.bytes(), 0, written.size(), Format.BINARY);
        }
        Collection<? extends @Nullable Object> members = FlatArray.members(value);
        return members != null && members.isEmpty() ? "" : super.literal(value);
    }

    @Override
    public String expected() {
        return "a Collection or an array, of which each element is " + element.expected();
    }

    @Override
    protected @Nullable Object convertTo(List<E> value, Class<?> target) {
        if (!target.isArray()) {
            return null;
        }
        Class<?> component = target.getComponentType();
        Object values = Array.newInstance(component, value.size());
        for (int i = 0; i < value.size(); i++) {
            Array.set(values, i, element.convert(value.get(i), component));
        }
        return values;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target.isArray() && element.reads(target.getComponentType());
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return raw.isAssignableFrom(List.class)
                && target.getActualTypeArguments()[0] instanceof Class<?> wanted
                && element.reads(wanted);
    }

    @Override
    protected String conversions() {
        return "List, an array of " + element.javaType().getSimpleName() + " or of what that is converted to, String";
    }
}
