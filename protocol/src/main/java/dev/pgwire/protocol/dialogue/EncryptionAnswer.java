package dev.pgwire.protocol.dialogue;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * What a server says to a client that asks for encryption: a byte that has neither tag nor length.
 *
 * <pre>
 * Byte1 'S' for TLS, 'G' for GSSAPI, 'N' for neither
 * </pre>
 */
public record EncryptionAnswer(byte answer) implements Message {
    public static final EncryptionAnswer TLS = new EncryptionAnswer((byte) 'S');
    public static final EncryptionAnswer GSS = new EncryptionAnswer((byte) 'G');
    public static final EncryptionAnswer NEITHER = new EncryptionAnswer((byte) 'N');

    public EncryptionAnswer {
        if (answer != 'S' && answer != 'G' && answer != 'N') {
            throw new ProtocolViolation("the answer " + ProtocolViolation.show(answer)
                    + " to a request for encryption, expected 'S', 'G' or 'N'");
        }
    }

    /** Whether what follows is encrypted. */
    public boolean encrypts() {
        return answer != 'N';
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(answer);
    }

    @Override
    public String toString() {
        return "EncryptionAnswer[" + (char) answer + "]";
    }
}
