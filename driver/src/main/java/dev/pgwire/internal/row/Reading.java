package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.protocol.Format;
import org.jspecify.annotations.Nullable;

/** How a column is read: the commonest types so directly that no codec has to be asked, which is a call that few JITs inline. */
enum Reading {
    INT4,
    INT8,
    FLOAT8,
    BOOL,
    /** Text, in whichever format: the bytes are the same. */
    TEXT,
    BY_CODEC;

    static Reading of(@Nullable FieldCodec<?> codec, Format format) {
        if (codec instanceof TextCodec) {
            return TEXT;
        } else if (format == Format.TEXT) {
            return BY_CODEC;
        } else if (codec == Int4Codec.INSTANCE) {
            return INT4;
        } else if (codec == Int8Codec.INSTANCE) {
            return INT8;
        } else if (codec == Float8Codec.INSTANCE) {
            return FLOAT8;
        } else if (codec == BoolCodec.INSTANCE) {
            return BOOL;
        }
        return BY_CODEC;
    }
}
