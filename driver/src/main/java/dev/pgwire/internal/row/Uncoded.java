package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.protocol.Format;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Reads values of types without a codec, which is their text. */
final class Uncoded {
    private Uncoded() {}

    /** The text of a value. */
    static String text(byte[] bytes, int at, int length, Format format) {
        if (format == Format.BINARY) {
            throw UnreadableValue.onlyBytes();
        }
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    /** The text of a value, or the constant of a Java enum that it names. */
    static <T> T as(Class<T> type, byte[] bytes, int at, int length, Format format) {
        String value = text(bytes, at, length, format);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        if (type.isEnum()) {
            return TextCodec.TEXT.convert(value, type);
        }
        throw UnreadableValue.onlyText(type.getSimpleName());
    }

    /** As {@link #as}; nothing can be had as a type with type arguments. */
    static Object typed(Type type, byte[] bytes, int at, int length, Format format) {
        if (type instanceof Class<?> plain) {
            return as(plain, bytes, at, length, format);
        }
        throw UnreadableValue.onlyText(type.getTypeName());
    }
}
