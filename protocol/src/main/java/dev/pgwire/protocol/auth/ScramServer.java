package dev.pgwire.protocol.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677; PostgreSQL manual, 54.3 SASL Authentication), for
 * servers of one's own. One object authenticates one client; not for several threads.
 */
public final class ScramServer {
    private static final String BINDING = "tls-server-end-point";
    private static final int NONCE_BYTES = 18;
    private static final int SALT_BYTES = 16;
    private static final int ITERATIONS = 4096;

    private final String iterations;
    private final String salt;
    private final byte[] storedKey;
    private final byte[] serverKey;
    private final boolean exists;
    private final byte @Nullable [] endPoint;
    private final String nonce;
    private boolean bound;
    private String header = "";
    private String clientFirst = "";
    private String serverFirst = "";

    private ScramServer(String verifier, boolean exists, byte @Nullable [] endPoint, String nonce) {
        String[] parts = verifier.split("[$:]");
        if (parts.length != 5 || !parts[0].equals(Scram.MECHANISM)) {
            throw new IllegalArgumentException(
                    "a verifier in another form, expected SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey");
        }
        iterations = parts[1];
        salt = parts[2];
        storedKey = Base64.getDecoder().decode(parts[3]);
        serverKey = Base64.getDecoder().decode(parts[4]);
        this.exists = exists;
        this.endPoint = endPoint;
        this.nonce = nonce;
    }

    /**
     * For a client that is to know the password of this verifier.
     *
     * @param verifier as {@link ScramVerifier} makes it, and pg_authid has it
     * @param endPoint the hash of the server's certificate ({@link EndPoint}); null where the connection has no TLS
     */
    public static ScramServer of(String verifier, byte @Nullable [] endPoint) {
        return new ScramServer(verifier, true, endPoint, randomNonce());
    }

    /**
     * For a user who is not known: the client sees an exchange like any other, and fails at its end.
     *
     * @param secret of the server, by which a user has the same salt each time
     */
    public static ScramServer ofUnknownUser(String user, byte[] secret, byte @Nullable [] endPoint) {
        byte[] keys = new byte[32];
        new SecureRandom().nextBytes(keys);
        try {
            Base64.Encoder base64 = Base64.getEncoder();
            String salt = base64.encodeToString(Arrays.copyOf(hmac(secret, user.getBytes(UTF_8)), SALT_BYTES));
            String key = base64.encodeToString(keys);
            String verifier = Scram.MECHANISM + "$" + ITERATIONS + ":" + salt + "$" + key + ":" + key;
            return new ScramServer(verifier, false, endPoint, randomNonce());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String randomNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What AuthenticationSASL offers, the best first. */
    public List<String> mechanisms() {
        List<String> offered = new ArrayList<>();
        if (endPoint != null) {
            offered.add(Scram.MECHANISM_PLUS);
        }
        offered.add(Scram.MECHANISM);
        return offered;
    }

    /**
     * The answer to SASLInitialResponse: the data of AuthenticationSASLContinue.
     *
     * @throws Refused if the mechanism was not offered, the message is not SCRAM's, or the binding is not what was offered
     */
    public byte[] first(String mechanism, byte[] data) throws Refused {
        if (!mechanisms().contains(mechanism)) {
            throw malformed(
                    "client selected an invalid SASL authentication mechanism", "the mechanism was not offered");
        }
        bound = mechanism.equals(Scram.MECHANISM_PLUS);
        String message = text(data);
        String[] parts = message.split(",", 4);
        if (parts.length < 4) {
            throw malformed("malformed SCRAM message", "expected a header, a user and a nonce");
        }
        checkBinding(parts[0]);
        if (!parts[1].isEmpty()) {
            throw new Refused("0A000", "client uses authorization identity, but it is not supported");
        }
        header = parts[0] + "," + parts[1] + ",";
        clientFirst = message.substring(header.length());
        String[] fields = clientFirst.split(",");
        if (fields.length < 2
                || !fields[0].startsWith("n=")
                || !fields[1].startsWith("r=")
                || fields[1].length() == 2) {
            throw malformed("malformed SCRAM message", "expected n= and r= behind the header");
        }
        serverFirst = fields[1] + nonce + ",s=" + salt + ",i=" + iterations;
        return serverFirst.getBytes(US_ASCII);
    }

    private void checkBinding(String flag) throws Refused {
        if (flag.startsWith("p=")) {
            if (!bound) {
                throw malformed(
                        "malformed SCRAM message",
                        "the client selected " + Scram.MECHANISM + " and binds to a channel");
            }
            if (!flag.equals("p=" + BINDING)) {
                throw malformed("unsupported SCRAM channel-binding type", "expected " + BINDING);
            }
        } else if (bound) {
            throw malformed(
                    "malformed SCRAM message", "the client selected " + Scram.MECHANISM_PLUS + " and binds to nothing");
        } else if (flag.equals("y") && endPoint != null) {
            throw new Refused("28000", "SCRAM channel binding negotiation error");
        } else if (!flag.equals("n") && !flag.equals("y")) {
            throw malformed("malformed SCRAM message", "expected n, y or p= at its beginning");
        }
    }

    /**
     * The answer to SASLResponse, which shows that the server knows the password too: the data of AuthenticationSASLFinal.
     *
     * @throws Refused if the client does not know the password (28P01), binds to another channel, or sends something else
     */
    public byte[] last(byte[] data) throws Refused {
        String message = text(data);
        int proofAt = message.lastIndexOf(",p=");
        String[] fields = message.split(",");
        if (proofAt < 0 || fields.length < 3 || !fields[0].startsWith("c=") || !fields[1].startsWith("r=")) {
            throw malformed("malformed SCRAM message", "expected c=, r= and p=");
        }
        if (!fields[0].equals("c=" + Base64.getEncoder().encodeToString(binding()))) {
            throw bound
                    ? new Refused("28000", "SCRAM channel binding check failed")
                    : malformed(
                            "unexpected SCRAM channel-binding attribute in client-final-message",
                            "expected the header");
        }
        if (!serverFirst.startsWith(fields[1] + ",")) {
            throw malformed("invalid SCRAM response", "Nonce does not match.");
        }
        byte[] exchange = (clientFirst + "," + serverFirst + "," + message.substring(0, proofAt)).getBytes(UTF_8);
        try {
            byte[] proof = Base64.getDecoder().decode(message.substring(proofAt + 3));
            byte[] signature = hmac(storedKey, exchange);
            if (proof.length != signature.length) {
                throw malformed("malformed SCRAM message", "expected a proof of " + signature.length + " bytes");
            }
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= signature[i];
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(proof);
            if (!MessageDigest.isEqual(hash, storedKey) || !exists) {
                throw new Refused("28P01", "password authentication failed");
            }
            return ("v=" + Base64.getEncoder().encodeToString(hmac(serverKey, exchange))).getBytes(US_ASCII);
        } catch (IllegalArgumentException e) {
            throw malformed("malformed SCRAM message", "expected a proof in base64");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] binding() {
        byte[] begin = header.getBytes(US_ASCII);
        if (!bound || endPoint == null) {
            return begin;
        }
        byte[] both = Arrays.copyOf(begin, begin.length + endPoint.length);
        System.arraycopy(endPoint, 0, both, begin.length, endPoint.length);
        return both;
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static String text(byte[] data) throws Refused {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("malformed SCRAM message", "expected UTF-8");
        }
    }

    private static Refused malformed(String message, String detail) {
        return new Refused("08P01", message + " (" + detail + ")");
    }

    /** The client is refused; the text is for its ErrorResponse, and has nothing that is secret. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sqlState;

        private Refused(String sqlState, String message) {
            super(message);
            this.sqlState = sqlState;
        }

        /** 28P01 for a wrong password, 28000 for a wrong binding, 08P01 for what is no SCRAM. */
        public String sqlState() {
            return sqlState;
        }
    }
}
