package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.registry.RowCodecs;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.type.PgType;

/** Makes the codecs whose values are rows. */
public final class CompositeCodecs implements RowCodecs {
    /** What makes them. */
    public CompositeCodecs() {}

    @Override
    public FieldCodec<?> composite(PgType.Composite type, DatabaseTypes types) {
        return new CompositeCodec(type, types);
    }

    @Override
    public FieldCodec<?> record(String name, TypeRegistry types) {
        return new RecordCodec(name, types);
    }
}
