package dev.pgwire.internal.codec.array;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.protocol.Format;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Reads the elements of an array into a Java array, of primitives without boxing where there is a codec for that. */
final class JavaArrays {
    private final FieldCodec<?> array;
    private final FieldCodec<?> element;
    private final Elements in;

    JavaArrays(FieldCodec<?> array, FieldCodec<?> element, Elements in) {
        this.array = array;
        this.element = element;
        this.in = in;
    }

    /**
     * All elements as an array of arrays of the wanted class.
     *
     * @throws DataException if it has more or fewer dimensions, or holds what its component cannot
     */
    Object read(Class<?> target) {
        if (in.lengths.length == 0) {
            return Array.newInstance(target.getComponentType(), 0);
        }
        return read(target.getComponentType(), 0);
    }

    /** What is in a dimension and those behind it, as an array of the component. */
    Object read(Class<?> component, int dimension) {
        int length = in.lengths[dimension];
        if (dimension == in.lengths.length - 1) {
            return leaves(component, length);
        }
        if (!component.isArray() && component != Object.class) {
            throw wrong("it has " + in.lengths.length + " dimensions, expected as many as the wanted class has");
        }
        Object values = Array.newInstance(component, length);
        Class<?> next = component == Object.class ? Object.class : component.getComponentType();
        for (int i = 0; i < length; i++) {
            Array.set(values, i, read(next, dimension + 1));
        }
        return values;
    }

    private Object leaves(Class<?> component, int length) {
        if (component == long.class && element.plain() instanceof LongCodec longs) {
            long[] values = new long[length];
            for (int i = 0; i < length; i++) {
                values[i] = nextLong(longs, i);
            }
            return values;
        }
        if (component == int.class && element.plain() instanceof LongCodec longs) {
            int[] values = new int[length];
            for (int i = 0; i < length; i++) {
                long value = nextLong(longs, i);
                values[i] = (int) value;
                if (values[i] != value) {
                    throw wrong("its element " + i + " is " + value + ", which int cannot hold, expected long[]");
                }
            }
            return values;
        }
        Object values = Array.newInstance(component, length);
        if (values instanceof @Nullable Object[] objects) {
            for (int i = 0; i < length; i++) {
                objects[i] = next(component);
            }
            return values;
        }
        for (int i = 0; i < length; i++) {
            Object value = next(component);
            if (value == null) {
                throw isNull(i);
            }
            Array.set(values, i, value);
        }
        return values;
    }

    private long nextLong(LongCodec longs, int index) {
        in.next();
        if (in.length < 0) {
            throw isNull(index);
        }
        return in.format == Format.BINARY
                ? longs.binaryLong(in.bytes, in.offset, in.length)
                : longs.textLong(in.bytes, in.offset, in.length);
    }

    private @Nullable Object next(Class<?> component) {
        in.next();
        return in.length < 0 ? null : element.decodeAs(in.bytes, in.offset, in.length, in.format, component);
    }

    private DataException isNull(int index) {
        return wrong("its element " + index + " is NULL, which a primitive cannot hold, expected an array of objects");
    }

    private DataException wrong(String what) {
        return new DataException(SqlState.DATA_EXCEPTION, array.name() + " cannot be read so: " + what, null);
    }
}
