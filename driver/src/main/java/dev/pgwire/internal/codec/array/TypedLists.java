package dev.pgwire.internal.codec.array;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the elements of an array into Lists of a wanted type, which are unmodifiable. */
final class TypedLists {
    private final FieldCodec<?> array;
    private final FieldCodec<?> element;
    private final Elements in;

    TypedLists(FieldCodec<?> array, FieldCodec<?> element, Elements in) {
        this.array = array;
        this.element = element;
        this.in = in;
    }

    /**
     * All elements as the wanted list.
     *
     * @throws DataException if the wanted type is no list, has fewer dimensions, or holds what its elements cannot
     */
    List<@Nullable Object> read(ParameterizedType target) {
        if (!isList(target)) {
            throw array.noConversion(target);
        }
        return in.lengths.length == 0 ? Collections.<@Nullable Object>emptyList() : list(argument(target), 0, target);
    }

    private List<@Nullable Object> list(Type type, int dimension, ParameterizedType target) {
        @Nullable Object[] values = new @Nullable Object[in.lengths[dimension]];
        for (int i = 0; i < values.length; i++) {
            values[i] = dimension == in.lengths.length - 1 ? next(type) : inner(type, dimension + 1, target);
        }
        return Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(values));
    }

    private Object inner(Type type, int dimension, ParameterizedType target) {
        if (type == Object.class || type == List.class) {
            return list(Object.class, dimension, target);
        }
        if (type instanceof Class<?> plain && plain.isArray()) {
            return new JavaArrays(array, element, in).read(plain.getComponentType(), dimension);
        }
        if (type instanceof ParameterizedType generic && isList(generic)) {
            return list(argument(generic), dimension, target);
        }
        throw new DataException(
                SqlState.DATA_EXCEPTION,
                array.name() + " cannot be read as " + target.getTypeName() + ": it has " + in.lengths.length
                        + " dimensions, expected as many Lists inside each other",
                null);
    }

    private @Nullable Object next(Type type) {
        in.next();
        return in.length < 0 ? null : element.decodeTyped(in.bytes, in.offset, in.length, in.format, type);
    }

    private static boolean isList(ParameterizedType type) {
        return type.getRawType() instanceof Class<?> raw && raw.isAssignableFrom(List.class);
    }

    /** What the list holds; a wildcard stands for its upper bound. */
    private static Type argument(ParameterizedType list) {
        Type argument = list.getActualTypeArguments()[0];
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }
}
