package dev.pgwire.internal.codec.array;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.protocol.Format;
import org.jspecify.annotations.Nullable;

/** Reads elements into an array of primitives without boxing, where their codec does that. */
final class PrimitiveArrays {
    private final JavaArrays arrays;
    private final Elements in;
    private final int length;

    private PrimitiveArrays(JavaArrays arrays, Elements in, int length) {
        this.arrays = arrays;
        this.in = in;
        this.length = length;
    }

    /**
     * The next elements, as many as the length says, as an array of the component.
     *
     * @return null if the codec does not give such primitives
     * @throws DataException if the component cannot hold one of them
     */
    static @Nullable Object read(
            JavaArrays arrays, FieldCodec<?> element, Elements in, Class<?> component, int length) {
        PrimitiveArrays values = new PrimitiveArrays(arrays, in, length);
        if (element instanceof LongCodec longs) {
            return component == int.class
                    ? values.ints(longs)
                    : component == long.class
                            ? values.longs(longs)
                            : component == short.class ? values.shorts(longs) : null;
        }
        if (component == double.class && element instanceof DoubleCodec doubles) {
            return values.doubles(doubles);
        }
        if (component == float.class && element instanceof DoubleCodec floats && element.javaType() == Float.class) {
            return values.floats(floats);
        }
        return component == boolean.class && element instanceof BooleanCodec booleans
                ? values.booleans(booleans)
                : null;
    }

    private long[] longs(LongCodec codec) {
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = nextLong(codec, i);
        }
        return values;
    }

    private int[] ints(LongCodec codec) {
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            long value = nextLong(codec, i);
            values[i] = (int) value;
            if (values[i] != value) {
                throw beyond(i, value, "int");
            }
        }
        return values;
    }

    private short[] shorts(LongCodec codec) {
        short[] values = new short[length];
        for (int i = 0; i < length; i++) {
            long value = nextLong(codec, i);
            values[i] = (short) value;
            if (values[i] != value) {
                throw beyond(i, value, "short");
            }
        }
        return values;
    }

    private double[] doubles(DoubleCodec codec) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = nextDouble(codec, i);
        }
        return values;
    }

    /** A Float is read as a double that is exactly it. */
    private float[] floats(DoubleCodec codec) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) nextDouble(codec, i);
        }
        return values;
    }

    private boolean[] booleans(BooleanCodec codec) {
        boolean[] values = new boolean[length];
        for (int i = 0; i < length; i++) {
            next(i);
            values[i] = in.format == Format.BINARY
                    ? codec.binaryBoolean(in.bytes, in.offset, in.length)
                    : codec.textBoolean(in.bytes, in.offset, in.length);
        }
        return values;
    }

    private long nextLong(LongCodec codec, int index) {
        next(index);
        return in.format == Format.BINARY
                ? codec.binaryLong(in.bytes, in.offset, in.length)
                : codec.textLong(in.bytes, in.offset, in.length);
    }

    private double nextDouble(DoubleCodec codec, int index) {
        next(index);
        return in.format == Format.BINARY
                ? codec.binaryDouble(in.bytes, in.offset, in.length)
                : codec.textDouble(in.bytes, in.offset, in.length);
    }

    private void next(int index) {
        in.next();
        if (in.length < 0) {
            throw arrays.isNull(index);
        }
    }

    private DataException beyond(int index, long value, String component) {
        return arrays.wrong(
                "its element " + index + " is " + value + ", which " + component + " cannot hold, expected long[]");
    }
}
