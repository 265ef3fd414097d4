package dev.pgwire.recipes;

import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;

/** halfvec of pgvector: as vector, but a number has one bit for the sign, 5 for the exponent and 10 for the fraction. */
public final class HalfVectorCodec implements Codec<float[]> {
    @Override
    public Class<float[]> javaType() {
        return float[].class;
    }

    @Override
    public float[] read(FieldReader in) {
        float[] values = new float[in.checkCount(in.readShort(), 2)];
        in.readShort();
        for (int i = 0; i < values.length; i++) {
            values[i] = ofHalf(in.readShort());
        }
        return values;
    }

    @Override
    public void write(float[] values, FieldWriter out) {
        out.writeShort(values.length);
        out.writeShort(0);
        for (float value : values) {
            out.writeShort(toHalf(value));
        }
    }

    @Override
    public float[] parse(String text) {
        return new VectorCodec().parse(text);
    }

    static float ofHalf(short half) {
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        float size = exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
        return half < 0 ? -size : size;
    }

    /** The nearest one, and of two the even one. A fraction that is rounded up to 1024 makes the exponent one more. */
    static int toHalf(float value) {
        int exponent = Math.max(Math.getExponent(value), -14);
        int half = (exponent + 14 << 10) + (int) Math.rint(Math.scalb(Math.abs(value), 10 - exponent));
        if (half >= 31 << 10) {
            throw new IllegalArgumentException(value + " is not between -65504 and 65504");
        }
        return Float.floatToIntBits(value) < 0 ? half | 0x8000 : half;
    }
}
