package dev.pgwire.internal.tls.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key derivation scrypt (RFC 7914), which the JDK does not have and {@code openssl pkcs8 -scrypt} uses. */
final class Scrypt {
    /** OpenSSL takes no more than 32 MiB either. */
    private static final long MOST_MEMORY = 32L << 20;

    /** What one derivation may cost: this many times the memory above. */
    private static final int MOST_PARALLEL = 64;

    private static final int BLOCK = 16;

    private Scrypt() {}

    /** Whether the parameters are those of RFC 7914, and cost no more than what is usual. */
    static boolean isFeasible(int cost, int blockSize, int parallel) {
        boolean sound = cost > 1 && Integer.bitCount(cost) == 1 && blockSize > 0 && parallel > 0;
        return sound
                && 128L * blockSize <= MOST_MEMORY / cost
                && parallel <= MOST_PARALLEL
                && 128L * blockSize * parallel <= MOST_MEMORY;
    }

    /**
     * Derives a key.
     *
     * @param cost N, a power of two
     * @param blockSize r
     * @param parallel p
     */
    static byte[] derive(byte[] password, byte[] salt, int cost, int blockSize, int parallel, int length)
            throws GeneralSecurityException {
        byte[] blocks = once(password, salt, 128 * blockSize * parallel);
        int words = 32 * blockSize;
        int[] block = new int[words];
        int[] memory = new int[words * cost];
        ByteBuffer littleEndian = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < parallel; i++) {
            littleEndian.asIntBuffer().get(i * words, block);
            mix(block, memory, cost);
            littleEndian.asIntBuffer().put(i * words, block);
        }
        byte[] key = once(password, blocks, length);
        Arrays.fill(blocks, (byte) 0);
        Arrays.fill(memory, 0);
        return key;
    }

    /** PBKDF2 with HMAC-SHA-256 and one iteration. */
    private static byte[] once(byte[] password, byte[] salt, int length) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        // HMAC fills an empty key up with zeros, and an empty one has no SecretKeySpec.
        mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
        byte[] derived = new byte[length];
        for (int at = 0, number = 1; at < length; number++) {
            mac.update(salt);
            byte[] part = mac.doFinal(ByteBuffer.allocate(4).putInt(number).array());
            int taken = Math.min(part.length, length - at);
            System.arraycopy(part, 0, derived, at, taken);
            at += taken;
        }
        return derived;
    }

    /** scryptROMix: fills the memory, then walks it as its own content says. */
    private static void mix(int[] block, int[] memory, int cost) {
        int words = block.length;
        int[] scratch = new int[words];
        for (int i = 0; i < cost; i++) {
            System.arraycopy(block, 0, memory, i * words, words);
            mixBlock(block, scratch);
        }
        for (int i = 0; i < cost; i++) {
            int from = (block[words - BLOCK] & (cost - 1)) * words;
            for (int k = 0; k < words; k++) {
                block[k] ^= memory[from + k];
            }
            mixBlock(block, scratch);
        }
    }

    /** scryptBlockMix: the even parts go to the first half, the odd ones to the second. */
    private static void mixBlock(int[] block, int[] scratch) {
        int parts = block.length / BLOCK;
        int[] x = Arrays.copyOfRange(block, block.length - BLOCK, block.length);
        for (int i = 0; i < parts; i++) {
            for (int k = 0; k < BLOCK; k++) {
                x[k] ^= block[i * BLOCK + k];
            }
            salsa(x);
            System.arraycopy(x, 0, scratch, (i / 2 + i % 2 * (parts / 2)) * BLOCK, BLOCK);
        }
        System.arraycopy(scratch, 0, block, 0, block.length);
    }

    /** Salsa20/8: four rounds over the columns, and four over the rows, of a square of sixteen. */
    private static void salsa(int[] x) {
        int[] y = x.clone();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                quarter(y, 5 * i % 16, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(y, row + i, row + (i + 1) % 4, row + (i + 2) % 4, row + (i + 3) % 4);
            }
        }
        for (int i = 0; i < BLOCK; i++) {
            x[i] += y[i];
        }
    }

    private static void quarter(int[] y, int a, int b, int c, int d) {
        y[b] ^= Integer.rotateLeft(y[a] + y[d], 7);
        y[c] ^= Integer.rotateLeft(y[b] + y[a], 9);
        y[d] ^= Integer.rotateLeft(y[c] + y[b], 13);
        y[a] ^= Integer.rotateLeft(y[d] + y[c], 18);
    }
}
