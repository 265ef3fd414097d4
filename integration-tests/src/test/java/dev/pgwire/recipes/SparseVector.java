package dev.pgwire.recipes;

import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/** sparsevec of pgvector: the values that are not 0, by indices from 0 on. The server's text counts from 1. */
public record SparseVector(int dimensions, SortedMap<Integer, Float> values) {
    public static final Codec<SparseVector> CODEC = new Codec<>() {
        @Override
        public Class<SparseVector> javaType() {
            return SparseVector.class;
        }

        @Override
        public SparseVector read(FieldReader in) {
            int dimensions = in.readInt();
            int[] indices = new int[in.checkCount(in.readInt(), 8)];
            in.readInt(); // not used
            for (int i = 0; i < indices.length; i++) {
                indices[i] = in.readInt();
            }
            SortedMap<Integer, Float> values = new TreeMap<>();
            for (int index : indices) {
                values.put(index, in.readFloat());
            }
            return new SparseVector(dimensions, values);
        }

        @Override
        public void write(SparseVector value, FieldWriter out) {
            out.writeInt(value.dimensions);
            out.writeInt(value.values.size());
            out.writeInt(0);
            value.values.keySet().forEach(out::writeInt);
            value.values.values().forEach(out::writeFloat);
        }

        /** For example {1:1.5,3:2}/5. */
        @Override
        public SparseVector parse(String text) {
            String[] parts = text.split("[{}:,/]+");
            SortedMap<Integer, Float> values = new TreeMap<>();
            for (int i = 1; i < parts.length - 1; i += 2) {
                values.put(Integer.parseInt(parts[i]) - 1, Float.parseFloat(parts[i + 1]));
            }
            return new SparseVector(Integer.parseInt(parts[parts.length - 1]), values);
        }
    };
}
