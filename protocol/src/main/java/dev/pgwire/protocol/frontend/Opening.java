package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.CancelKey;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first message on a connection, which has no tag.
 *
 * <pre>
 * Int32 length
 * Int32 version or request code
 * ...   what that one carries
 * </pre>
 */
public sealed interface Opening extends FrontendMessage {

    static Opening read(ByteBuf body) {
        Body in = Body.of("the opening message", body);
        int code = in.int32("version or request code");
        Opening message =
                switch (code) {
                    case Cancel.CODE -> new Cancel(in.int32("process id"), CancelKey.read(in));
                    case Encryption.SSL_CODE -> Encryption.SSL_REQUEST;
                    case Encryption.GSSENC_CODE -> Encryption.GSSENC_REQUEST;
                    default -> Startup.read(ProtocolVersion.of(code), in);
                };
        in.end();
        return message;
    }

    /**
     * SSLRequest and GSSENCRequest: may the rest be encrypted? The server answers with one byte that is no message.
     *
     * <pre>
     * Int32 8
     * Int32 80877103 for SSL, 80877104 for GSSAPI
     * </pre>
     */
    enum Encryption implements Opening {
        SSL_REQUEST(Encryption.SSL_CODE),
        GSSENC_REQUEST(Encryption.GSSENC_CODE);

        private static final int SSL_CODE = 1234 << 16 | 5679;
        private static final int GSSENC_CODE = 1234 << 16 | 5680;

        private final int code;

        Encryption(int code) {
            this.code = code;
        }

        /** Whether an opening message with this code is one of the two. */
        public static boolean isAskedBy(int code) {
            return code == SSL_CODE || code == GSSENC_CODE;
        }

        @Override
        public void encode(ByteBuf out) {
            Wire.header(out, 4);
            out.writeInt(code);
        }
    }

    /**
     * StartupMessage: begins a session. The parameters keep their order.
     *
     * <pre>
     * Int32 length
     * Int32 version: 196608 for 3.0, 196610 for 3.2
     * { String name, String value }...
     * Byte1 0
     * </pre>
     */
    record Startup(ProtocolVersion version, Map<String, String> parameters) implements Opening {
        public Startup {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            if (parameters.containsKey("")) {
                throw new IllegalArgumentException("a startup parameter without a name, which would end the list");
            }
        }

        private static Startup read(ProtocolVersion version, Body in) {
            if (version.major() != 3) {
                throw in.violation("version " + version, "3.x or a request code");
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String name = in.cString("name"); !name.isEmpty(); name = in.cString("name")) {
                parameters.put(name, in.cString("value"));
            }
            return new Startup(version, parameters);
        }

        @Override
        public void encode(ByteBuf out) {
            long length = 4 + 1;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                length += Wire.cStringLength(parameter.getKey()) + Wire.cStringLength(parameter.getValue());
            }
            Wire.header(out, length);
            out.writeInt(version.code());
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                Wire.cString(out, parameter.getKey());
                Wire.cString(out, parameter.getValue());
            }
            out.writeByte(0);
        }
    }

    /**
     * CancelRequest: stops what another session is doing, on a connection of its own.
     *
     * <pre>
     * Int32 length
     * Int32 80877102
     * Int32 process id
     * Byten secret key: 4 bytes in protocol 3.0, 4 to 256 in 3.2
     * </pre>
     */
    record Cancel(int processId, byte[] secretKey) implements Opening {
        /** The number that stands where others have the version. */
        public static final int CODE = 1234 << 16 | 5678;

        public Cancel {
            CancelKey.check(secretKey);
        }

        @Override
        public void encode(ByteBuf out) {
            Wire.header(out, 8 + secretKey.length);
            out.writeInt(CODE).writeInt(processId).writeBytes(secretKey);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cancel that
                    && processId == that.processId
                    && Arrays.equals(secretKey, that.secretKey);
        }

        @Override
        public int hashCode() {
            return 31 * processId + Arrays.hashCode(secretKey);
        }

        /** Without the key, which is enough to cancel. */
        @Override
        public String toString() {
            return "Cancel[processId=" + processId + "]";
        }
    }
}
