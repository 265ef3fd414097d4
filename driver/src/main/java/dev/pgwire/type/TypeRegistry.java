package dev.pgwire.type;

import org.jspecify.annotations.Nullable;

/** Which codec serves which oid, and what the types are called. Immutable, for all threads. */
public final class TypeRegistry {
    private static final TypeRegistry BUILTIN = new TypeRegistry(
            BoolCodec.INSTANCE,
            ByteaCodec.INSTANCE,
            CharCodec.INSTANCE,
            TextCodec.NAME,
            Int8Codec.INSTANCE,
            Int2Codec.INSTANCE,
            Int4Codec.INSTANCE,
            TextCodec.TEXT,
            OidCodec.INSTANCE,
            JsonCodec.INSTANCE,
            Float4Codec.INSTANCE,
            Float8Codec.INSTANCE,
            TextCodec.UNKNOWN,
            TextCodec.BPCHAR,
            TextCodec.VARCHAR,
            DateCodec.INSTANCE,
            TimeCodec.INSTANCE,
            TimestampCodec.INSTANCE,
            TimestamptzCodec.INSTANCE,
            NumericCodec.INSTANCE,
            UuidCodec.INSTANCE,
            JsonbCodec.INSTANCE);

    /** By oid: those of the built-in types are small, so the table is short and a look-up is one load. */
    private final @Nullable Codec<?>[] codecs;

    private TypeRegistry(Codec<?>... known) {
        int size = 0;
        for (Codec<?> codec : known) {
            size = Math.max(size, codec.oid() + 1);
        }
        codecs = new Codec<?>[size];
        for (Codec<?> codec : known) {
            codecs[codec.oid()] = codec;
        }
    }

    /**
     * The types that every server has.
     *
     * @return always the same registry
     */
    public static TypeRegistry builtin() {
        return BUILTIN;
    }

    /**
     * The codec of a type.
     *
     * @param oid the type's oid in {@code pg_type}
     * @return null when there is none: then the value is asked for and sent as text
     */
    public @Nullable Codec<?> codec(int oid) {
        return oid >= 0 && oid < codecs.length ? codecs[oid] : null;
    }

    /**
     * The name of a type, also of the built-in types that have no codec.
     *
     * @param oid the type's oid in {@code pg_type}
     * @return for example "inet", "int4[]" for an array type, and "oid 123456" for a type that the server made later
     */
    public String typeName(int oid) {
        Codec<?> codec = codec(oid);
        if (codec != null) {
            // The table of the other names is not read before one of them is asked for.
            return codec.typeName();
        }
        String name = BuiltinTypes.name(oid);
        return name == null ? "oid " + Integer.toUnsignedString(oid) : name;
    }
}
