package dev.pgwire.recipes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** jsonb as a class that Jackson knows. The bytes are a version, which is 1, and the text. */
public record JacksonCodec<T>(ObjectMapper mapper, Class<T> javaType) implements Codec<T> {
    @Override
    public T read(FieldReader in) {
        if (in.readByte() != 1) {
            throw in.invalid("another version of jsonb, expected 1");
        }
        return parse(in.readUtf8(in.remaining()));
    }

    @Override
    public void write(T value, FieldWriter out) {
        out.writeByte(1);
        out.writeUtf8(print(value));
    }

    @Override
    public T parse(String text) {
        try {
            return mapper.readValue(text, javaType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String print(T value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
