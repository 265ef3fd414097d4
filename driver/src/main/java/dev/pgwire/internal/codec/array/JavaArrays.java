package dev.pgwire.internal.codec.array;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
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
        Object primitives =
                component.isPrimitive() ? PrimitiveArrays.read(this, element.plain(), in, component, length) : null;
        if (primitives != null) {
            return primitives;
        }
        Object values = Array.newInstance(component, length);
        if (!component.isPrimitive()) {
            @Nullable Object[] objects = (@Nullable Object[]) values;
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

    private @Nullable Object next(Class<?> component) {
        in.next();
        return in.length < 0 ? null : element.decodeAs(in.bytes, in.offset, in.length, in.format, component);
    }

    DataException isNull(int index) {
        return wrong("its element " + index + " is NULL, which a primitive cannot hold, expected an array of objects");
    }

    DataException wrong(String what) {
        return new DataException(SqlState.DATA_EXCEPTION, array.name() + " cannot be read so: " + what, null);
    }
}
