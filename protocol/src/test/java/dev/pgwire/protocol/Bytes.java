package dev.pgwire.protocol;

import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Between messages, byte arrays and hexadecimal digits. */
public final class Bytes {
    private Bytes() {}

    public static byte[] of(BackendMessage message) {
        return written(message::encode);
    }

    public static byte[] of(FrontendMessage message) {
        return written(message::encode);
    }

    public static byte[] written(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        try {
            writer.accept(out);
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            return bytes;
        } finally {
            out.release();
        }
    }

    /** Decodes one whole message, as it is on the wire. */
    public static BackendMessage decode(byte[] message) {
        return BackendDecoder.decode(
                message[0], Unpooled.wrappedBuffer(Arrays.copyOfRange(message, 5, message.length)));
    }

    /** From digits with any white space between; what stands in single quotes is ASCII text. */
    public static byte[] hex(String digits) {
        StringBuilder plain = new StringBuilder();
        String[] parts = digits.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            plain.append(i % 2 == 0 ? parts[i].replaceAll("\\s", "") : hex(ascii(parts[i])));
        }
        return HexFormat.of().parseHex(plain);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
