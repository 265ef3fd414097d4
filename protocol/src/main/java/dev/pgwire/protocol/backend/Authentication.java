package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server wants to be shown, or that it is satisfied.
 *
 * <pre>
 * Byte1 'R'
 * Int32 length
 * Int32 which of the family
 * ...   what that one carries
 * </pre>
 */
public sealed interface Authentication extends BackendMessage {
    byte TAG = 'R';

    static Authentication read(ByteBuf body) {
        Body in = Body.of("Authentication", body);
        int code = in.int32("request");
        Authentication message =
                switch (code) {
                    case 0 -> Request.OK;
                    case 2 -> Request.KERBEROS_V5;
                    case 3 -> Request.CLEARTEXT_PASSWORD;
                    case Md5Password.CODE -> new Md5Password(in.bytes(Md5Password.SALT, "salt"));
                    case 7 -> Request.GSS;
                    case GssContinue.CODE -> new GssContinue(in.rest());
                    case 9 -> Request.SSPI;
                    case Sasl.CODE -> Sasl.read(in);
                    case SaslContinue.CODE -> new SaslContinue(in.rest());
                    case SaslFinal.CODE -> new SaslFinal(in.rest());
                    default -> throw in.violation("request " + code, "0, 2, 3, 5 or 7 to 12");
                };
        in.end();
        return message;
    }

    private static void encode(ByteBuf out, int code, byte[] data) {
        Wire.header(out, TAG, 4L + data.length);
        out.writeInt(code).writeBytes(data);
    }

    /** Those that carry nothing: OK, or a request that needs no data. */
    enum Request implements Authentication {
        OK(0),
        KERBEROS_V5(2),
        CLEARTEXT_PASSWORD(3),
        GSS(7),
        SSPI(9);

        private final int code;

        Request(int code) {
            this.code = code;
        }

        @Override
        public void encode(ByteBuf out) {
            Authentication.encode(out, code, new byte[0]);
        }
    }

    /** The password hashed with md5 is wanted: Int32 5, Byte4 salt. */
    record Md5Password(byte[] salt) implements Authentication {
        private static final int CODE = 5;
        private static final int SALT = 4;

        public Md5Password {
            if (salt.length != SALT) {
                throw new IllegalArgumentException("a salt of " + salt.length + " bytes, expected " + SALT);
            }
        }

        @Override
        public void encode(ByteBuf out) {
            Authentication.encode(out, CODE, salt);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Md5Password that && Arrays.equals(salt, that.salt);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(salt);
        }

        @Override
        public String toString() {
            return "Md5Password[" + salt.length + " bytes]";
        }
    }

    /** The next step of GSSAPI or SSPI: Int32 8, Byten data. */
    record GssContinue(byte[] data) implements Authentication {
        private static final int CODE = 8;

        @Override
        public void encode(ByteBuf out) {
            Authentication.encode(out, CODE, data);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GssContinue that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "GssContinue[" + data.length + " bytes]";
        }
    }

    /** SASL is wanted: Int32 10, the name of each mechanism in the server's order of preference, Byte1 0. */
    record Sasl(List<String> mechanisms) implements Authentication {
        private static final int CODE = 10;

        public Sasl {
            mechanisms = List.copyOf(mechanisms);
            if (mechanisms.contains("")) {
                throw new IllegalArgumentException("an empty SASL mechanism, which would end the list");
            }
        }

        private static Sasl read(Body in) {
            List<String> mechanisms = new ArrayList<>();
            for (String name = in.cString("mechanism"); !name.isEmpty(); name = in.cString("mechanism")) {
                mechanisms.add(name);
            }
            return new Sasl(mechanisms);
        }

        @Override
        public void encode(ByteBuf out) {
            long length = 4 + 1;
            for (String mechanism : mechanisms) {
                length += Wire.cStringLength(mechanism);
            }
            Wire.header(out, TAG, length);
            out.writeInt(CODE);
            for (String mechanism : mechanisms) {
                Wire.cString(out, mechanism);
            }
            out.writeByte(0);
        }
    }

    /** The server's challenge: Int32 11, Byten data. */
    record SaslContinue(byte[] data) implements Authentication {
        private static final int CODE = 11;

        @Override
        public void encode(ByteBuf out) {
            Authentication.encode(out, CODE, data);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SaslContinue that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "SaslContinue[" + data.length + " bytes]";
        }
    }

    /** What proves that the server knows the password too: Int32 12, Byten data. */
    record SaslFinal(byte[] data) implements Authentication {
        private static final int CODE = 12;

        @Override
        public void encode(ByteBuf out) {
            Authentication.encode(out, CODE, data);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SaslFinal that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "SaslFinal[" + data.length + " bytes]";
        }
    }
}
