package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The password, clear or hashed, as it was asked for.
 *
 * <pre>
 * Byte1  'p'
 * Int32  length
 * String password
 * </pre>
 *
 * @param password without the zero byte that ends it; bytes, so that it can be wiped and be in any encoding
 */
public record PasswordMessage(byte[] password) implements FrontendMessage {
    public static final byte TAG = 'p';

    public static PasswordMessage read(ByteBuf body) {
        Body in = Body.of("PasswordMessage", body);
        PasswordMessage message = new PasswordMessage(in.cBytes("password"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.checkNoZero(password);
        Wire.header(out, TAG, password.length + 1L);
        out.writeBytes(password).writeByte(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordMessage that && Arrays.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(password);
    }

    @Override
    public String toString() {
        return "PasswordMessage[********]";
    }
}
