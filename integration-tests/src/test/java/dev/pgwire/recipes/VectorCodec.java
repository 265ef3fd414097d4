package dev.pgwire.recipes;

import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;

/** vector of pgvector: how many numbers, two bytes that are not used, the numbers. */
public final class VectorCodec implements Codec<float[]> {
    @Override
    public Class<float[]> javaType() {
        return float[].class;
    }

    @Override
    public float[] read(FieldReader in) {
        float[] values = new float[in.checkCount(in.readShort(), 4)];
        in.readShort();
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    @Override
    public void write(float[] values, FieldWriter out) {
        out.writeShort(values.length);
        out.writeShort(0);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    @Override
    public float[] parse(String text) {
        String[] numbers = text.substring(1, text.length() - 1).split(",");
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(numbers[i]);
        }
        return values;
    }
}
