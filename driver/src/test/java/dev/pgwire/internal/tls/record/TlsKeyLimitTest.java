package dev.pgwire.internal.tls.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK changes keys that have encrypted enough. It reads how much that is once, so this takes a JVM of its own. */
@Timeout(120)
class TlsKeyLimitTest {
    private static final int MESSAGES = 200;
    private static final int SIZE = 10_000;

    @Test
    void keysThatHaveEncryptedEnoughAreChanged() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TlsKeyLimitTest.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertEquals(
                    "all arrived, keys were changed",
                    new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** What the other JVM does. */
    public static void main(String[] arguments) throws IOException {
        Security.setProperty("jdk.tls.keyLimits", "AES/GCM/NoPadding KeyUpdate 2^16");
        TlsPeer[] both = TlsPeer.connected("TLSv1.3", "TLS_AES_256_GCM_SHA384");
        boolean changed = talk(both[0], both[1]);
        changed &= talk(both[1], both[0]);
        System.out.println("all arrived, keys were " + (changed ? "changed" : "kept"));
    }

    /** Returns whether the listener, who has nothing to say, was asked for new keys and answered. */
    private static boolean talk(TlsPeer from, TlsPeer to) throws IOException {
        to.writes = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] plain = new byte[SIZE];
            Arrays.fill(plain, (byte) i);
            to.data.reset();
            from.tls.send(ByteBuffer.wrap(plain));
            TlsPeer.exchange(from, to);
            if (!Arrays.equals(plain, to.data.toByteArray())) {
                throw new AssertionError("message " + i + " did not arrive");
            }
        }
        return to.writes > MESSAGES * SIZE / (1 << 17);
    }
}
