package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.PgType;

/** Makes the codecs of rows inside of a field, which are read as rows of a result are. */
public interface RowCodecs {
    /**
     * The codec of a composite type.
     *
     * @param types has the codecs of its attributes, and is told when a value comes that has others
     */
    FieldCodec<?> composite(PgType.Composite type, DatabaseTypes types);

    /**
     * The codec of rows without a type, which say themselves what they are made of.
     *
     * @param types has the codecs of what they may be made of
     */
    FieldCodec<?> record(String name, TypeRegistry types);
}
