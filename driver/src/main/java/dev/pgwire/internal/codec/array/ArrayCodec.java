package dev.pgwire.internal.codec.array;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.PgArray;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array of any type, read as a List, of Lists if it has several dimensions. Where its subscripts begin only
 * {@link PgArray} and the text say. Source: PostgreSQL manual, 8.15 Arrays.
 *
 * @param <E> the Java type of the elements
 */
public final class ArrayCodec<E> extends FieldCodec<List<@Nullable Object>> {
    private final int elementType;
    private final FieldCodec<E> element;
    private final char delimiter;

    /**
     * A codec for the arrays of a type.
     *
     * @param name what messages call the array
     * @param elementType the oid of the elements' type, which stands in the bytes
     * @param element the codec of the elements
     * @param delimiter what stands between elements in text
     */
    public ArrayCodec(String name, int elementType, FieldCodec<E> element, char delimiter) {
        super(name, List.class);
        this.elementType = elementType;
        this.element = element;
        this.delimiter = delimiter;
    }

    @Override
    public Format wanted() {
        return element.wanted();
    }

    @Override
    public List<@Nullable Object> decodeBinary(byte[] source, int offset, int length) {
        return list(elements(source, offset, length, Format.BINARY));
    }

    @Override
    public List<@Nullable Object> decodeText(byte[] source, int offset, int length) {
        return list(elements(source, offset, length, Format.TEXT));
    }

    @Override
    @SuppressWarnings("unchecked") // The two classes are tested.
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        if (target.isArray()) {
            Elements in = elements(source, offset, length, format);
            V array = (V) new JavaArrays(this, element, in).read(target);
            in.end();
            return array;
        }
        if (target == PgArray.class) {
            Elements in = elements(source, offset, length, format);
            V array = (V) exact(in, Object.class);
            in.end();
            return array;
        }
        return super.decodeAs(source, offset, length, format, target);
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        Elements in = elements(source, offset, length, format);
        Object value = raw == PgArray.class
                ? exact(in, target.getActualTypeArguments()[0])
                : new TypedLists(this, element, in).read(target);
        in.end();
        return value;
    }

    private Elements elements(byte[] source, int offset, int length, Format format) {
        return format == Format.BINARY
                ? new BinaryElements(this, elementType, source, offset, length)
                : new TextElements(this, delimiter, source, offset, length);
    }

    private List<@Nullable Object> list(Elements in) {
        List<@Nullable Object> all = in.lengths.length == 0 ? Collections.<@Nullable Object>emptyList() : list(in, 0);
        in.end();
        return all;
    }

    private List<@Nullable Object> list(Elements in, int dimension) {
        @Nullable Object[] values = new Object[in.lengths[dimension]];
        for (int i = 0; i < values.length; i++) {
            values[i] = dimension == in.lengths.length - 1 ? next(in) : list(in, dimension + 1);
        }
        return Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(values));
    }

    private @Nullable Object next(Elements in) {
        in.next();
        return in.length < 0 ? null : element.generic(in.bytes, in.offset, in.length, in.format);
    }

    private PgArray<@Nullable Object> exact(Elements in, Type type) {
        int count = in.lengths.length == 0 ? 0 : 1;
        for (int length : in.lengths) {
            count *= length;
        }
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            in.next();
            values[i] = in.length < 0 ? null : element.decodeTyped(in.bytes, in.offset, in.length, in.format, type);
        }
        return new PgArray<@Nullable Object>(
                Arrays.<@Nullable Object>asList(values), numbers(in.lengths), numbers(in.lowerBounds));
    }

    private static List<Integer> numbers(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        Elements in = elements(source, offset, length, format);
        ArrayText out = new ArrayText(delimiter);
        if (in.lengths.length == 0) {
            out.open();
            out.close();
        } else {
            out.bounds(in.lengths, in.lowerBounds);
            print(in, 0, out);
        }
        in.end();
        return out.toString();
    }

    private void print(Elements in, int dimension, ArrayText out) {
        out.open();
        for (int i = 0; i < in.lengths[dimension]; i++) {
            if (i > 0) {
                out.between();
            }
            if (dimension < in.lengths.length - 1) {
                print(in, dimension + 1, out);
                continue;
            }
            in.next();
            if (in.length < 0) {
                out.ofNull();
            } else {
                out.element(element.outputOf(in.bytes, in.offset, in.length, in.format));
            }
        }
        out.close();
    }

    /** The text of the bytes that the value makes: elements may be of any class that the element's codec accepts. */
    @Override
    public String format(List<@Nullable Object> value) {
        FieldBuffer written = new FieldBuffer();
        encode(value, written);
        return textOf(written.bytes(), 0, written.size(), Format.BINARY);
    }

    @Override
    public boolean accepts(Object value) {
        if (isOfLongs(value)) {
            return true;
        }
        FlatArray flat = FlatArray.of(element, value);
        return flat != null && flat.isOf(element);
    }

    /** An array of primitives that is written without a look at each of them. */
    private boolean isOfLongs(Object value) {
        return value instanceof int[] && element.accepts(Integer.MIN_VALUE) && element.accepts(Integer.MAX_VALUE)
                || value instanceof long[] && element.accepts(Long.MIN_VALUE) && element.accepts(Long.MAX_VALUE);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        FlatArray flat = FlatArray.of(element, value);
        if (flat == null) {
            throw new IllegalArgumentException("no array: " + value.getClass());
        }
        out.writeInt(flat.lengths.length);
        out.writeInt(flat.hasNull ? 1 : 0);
        out.writeInt(elementType);
        for (int i = 0; i < flat.lengths.length; i++) {
            out.writeInt(flat.lengths[i]);
            out.writeInt(flat.lowerBounds[i]);
        }
        for (Object each : flat.elements) {
            if (each == null) {
                out.writeNull();
            } else {
                int start = out.startField();
                element.encode(each, out);
                out.endField(start);
            }
        }
    }

    /** For elements that are given as text: Strings for uuid, and what is in an enum. */
    @Override
    public @Nullable String literal(Object value) {
        FlatArray flat = value instanceof CharSequence ? null : FlatArray.of(element, value);
        return flat == null ? super.literal(value) : flat.literal(element, delimiter);
    }

    @Override
    public String expected() {
        return "a Collection or an array, of which each element is null or " + element.expected();
    }

    @Override
    protected @Nullable Object convertTo(List<@Nullable Object> value, Class<?> target) {
        return target.isAssignableFrom(List.class) ? value : null;
    }

    @Override
    public boolean reads(Class<?> target) {
        return target == PgArray.class || (target.isArray() ? fills(target.getComponentType()) : super.reads(target));
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        Type argument = target.getActualTypeArguments()[0];
        return raw == PgArray.class
                ? element.readsTyped(argument)
                : raw.isAssignableFrom(List.class) && holdsElements(argument);
    }

    /** Whether arrays of a component may hold the elements, or the arrays of a dimension. */
    private boolean fills(Class<?> component) {
        return element.reads(component) || (component.isArray() && fills(component.getComponentType()));
    }

    /** Whether it may hold the elements, or the arrays and Lists of a dimension. */
    private boolean holdsElements(Type part) {
        if (part instanceof WildcardType wildcard) {
            return holdsElements(wildcard.getUpperBounds()[0]);
        }
        return element.readsTyped(part)
                || part == List.class
                || (part instanceof Class<?> plain && plain.isArray() && fills(plain.getComponentType()))
                || (part instanceof ParameterizedType generic
                        && generic.getRawType() instanceof Class<?> raw
                        && raw.isAssignableFrom(List.class)
                        && holdsElements(generic.getActualTypeArguments()[0]));
    }

    @Override
    protected String conversions() {
        return "List, an array of " + element.javaType().getSimpleName() + " or of what that is converted to, PgArray,"
                + " String";
    }
}
