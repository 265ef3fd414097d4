package dev.pgwire.internal.registry;

import dev.pgwire.protocol.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes for a codec that are no value of its type, or only by accident. */
final class HostileInputs {
    /** A value is changed in many ways before the next ones are made: to make one costs more than to read it. */
    private static final int MODELS = 500;

    private static final int TIMES_USED = 20;

    private static final byte[] ALPHABET =
            "0123456789+-.:eE \\xabcdefNInity\0tru/\u00fflsBC{}()[],;\"'!&|<>=*~".getBytes(StandardCharsets.ISO_8859_1);

    /** What stands for a count, a length or an oid. */
    private static final int[] NUMBERS = {
        0, 1, 2, 4, 7, 16, 23, 25, 100, 0xFFFF, 0x10000, 0x1000000, 0x7FFF_FFFF, 0x8000_0000, -1, -2, 0x4000_0000
    };

    private final HostileTarget target;
    private final Format format;
    private final SplittableRandom random;
    private final byte[][] models = new byte[MODELS][];
    private int given;

    HostileInputs(HostileTarget target, Format format, SplittableRandom random) {
        this.target = target;
        this.format = format;
        this.random = random;
    }

    byte[] next() {
        if (given++ % (MODELS * TIMES_USED) == 0) {
            Arrays.setAll(models, i -> target.model().of(format, random));
        }
        byte[] model = models[random.nextInt(MODELS)];
        switch (random.nextInt(10)) {
            case 0:
                return Samples.bytes(random, random.nextInt(40));
            case 1:
                return noise(random.nextInt(30));
            case 2:
                return random.nextInt(20) == 0 ? repeated(model) : noise(random.nextInt(8));
            case 3:
                return Arrays.copyOf(model, random.nextInt(model.length + 4));
            case 4:
                return spliced(model, models[random.nextInt(MODELS)]);
            case 5:
            case 6:
                return numbered(model);
            default:
                return changed(model);
        }
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return bytes;
    }

    /** A few bytes are others. */
    private byte[] changed(byte[] model) {
        byte[] bytes = model.clone();
        for (int changes = random.nextInt(3); changes >= 0 && bytes.length > 0; changes--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? (byte) random.nextInt(256) : ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return bytes;
    }

    /** A count or a length that lies. */
    private byte[] numbered(byte[] model) {
        if (model.length < Integer.BYTES) {
            return changed(model);
        }
        byte[] bytes = model.clone();
        int at = random.nextInt(bytes.length - Integer.BYTES + 1);
        // The counts of most types stand at multiples of four.
        int start = random.nextBoolean() ? at : at / Integer.BYTES * Integer.BYTES;
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        int bytesOfNumber = random.nextInt(4) == 0 ? Short.BYTES : Integer.BYTES;
        for (int i = 0; i < bytesOfNumber; i++) {
            bytes[start + i] = (byte) (number >> 8 * (bytesOfNumber - 1 - i));
        }
        return bytes;
    }

    /** The beginning of a value and the end of another one. */
    private byte[] spliced(byte[] one, byte[] other) {
        int kept = random.nextInt(one.length + 1);
        int taken = random.nextInt(other.length + 1);
        byte[] bytes = Arrays.copyOf(one, kept + taken);
        System.arraycopy(other, other.length - taken, bytes, kept, taken);
        return bytes;
    }

    /** A part of a value or of noise very often, as in brackets that never end. */
    private byte[] repeated(byte[] model) {
        byte[] source = model.length == 0 || random.nextBoolean() ? noise(random.nextInt(1, 4)) : model;
        int start = random.nextInt(source.length);
        int length = 1 + random.nextInt(Math.min(source.length - start, 12));
        int before = random.nextInt(model.length + 1);
        byte[] bytes = Arrays.copyOf(model, before + length * random.nextInt(1, 20_000 / length));
        for (int i = before; i < bytes.length; i++) {
            bytes[i] = source[start + (i - before) % length];
        }
        return bytes;
    }
}
