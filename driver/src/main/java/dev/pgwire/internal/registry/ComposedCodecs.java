package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.array.ArrayCodec;
import dev.pgwire.internal.codec.array.VectorCodec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.range.MultirangeCodec;
import dev.pgwire.internal.codec.range.RangeCodec;
import dev.pgwire.type.PgType;
import org.jspecify.annotations.Nullable;

/** Makes the codecs of types that are made of others, from the codecs of these. */
final class ComposedCodecs {
    private ComposedCodecs() {}

    /** The codec of the catalogs' vectors of int2. */
    static FieldCodec<?> int2vector() {
        return new VectorCodec<>("int2vector", 21, Int2Codec.INSTANCE, Short.BYTES);
    }

    /** The codec of the catalogs' vectors of oid. */
    static FieldCodec<?> oidvector() {
        return new VectorCodec<>("oidvector", 26, OidCodec.INSTANCE, Integer.BYTES);
    }

    /** The codec of a type; null if it is made of nothing, or if what it is made of has no codec. */
    static @Nullable FieldCodec<?> of(PgType type, TypeRegistry types) {
        if (type instanceof PgType.Array array) {
            FieldCodec<?> element = types.codec((int) array.element().oid());
            return element == null
                    ? null
                    : new ArrayCodec<>(
                            array.displayName(), (int) array.element().oid(), element, array.delimiter());
        }
        if (type instanceof PgType.Range range) {
            FieldCodec<?> subtype = types.codec((int) range.subtype().oid());
            return subtype == null ? null : new RangeCodec<>(range.displayName(), subtype);
        }
        if (type instanceof PgType.Multirange multirange) {
            FieldCodec<?> ranges = types.codec((int) multirange.range().oid());
            return ranges != null && ranges.plain() instanceof RangeCodec<?> range
                    ? new MultirangeCodec<>(multirange.displayName(), range)
                    : null;
        }
        return null;
    }
}
