package dev.pgwire.protocol;

import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A message, its bytes, and the decoder for its body.
 *
 * @param end whether a body can be told from a longer or a shorter one
 */
public record Sample(Object message, byte[] bytes, int headerLength, Function<ByteBuf, Object> decoder, End end) {
    /** What tells where a body ends. */
    public enum End {
        /** The fields themselves do: every shorter or longer body is a violation. */
        EXACT,
        /** Only the length word does, so a shorter or longer body is another message. */
        FREE
    }

    static Sample of(BackendMessage message, End end) {
        byte[] bytes = Bytes.of(message);
        return new Sample(message, bytes, 5, body -> BackendDecoder.decode(bytes[0], body), end);
    }

    static Sample of(FrontendMessage message, PasswordKind kind, End end) {
        byte[] bytes = Bytes.of(message);
        return new Sample(message, bytes, 5, body -> FrontendDecoder.decode(bytes[0], body, kind), end);
    }

    static Sample of(Opening message, End end) {
        return new Sample(message, Bytes.of(message), 4, FrontendDecoder::opening, end);
    }

    public byte[] body() {
        return Arrays.copyOfRange(bytes, headerLength, bytes.length);
    }

    public Object decode(byte[] body) {
        return decoder.apply(Unpooled.wrappedBuffer(body));
    }

    public byte[] encode(Object decoded) {
        return decoded instanceof BackendMessage backend ? Bytes.of(backend) : Bytes.of((FrontendMessage) decoded);
    }

    @Override
    public String toString() {
        return message.getClass().getSimpleName() + " " + message;
    }
}
