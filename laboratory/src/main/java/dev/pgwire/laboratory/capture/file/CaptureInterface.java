package dev.pgwire.laboratory.capture.file;

import java.math.BigInteger;

/**
 * Where packets of a pcapng were captured.
 *
 * @param link the link type
 * @param snapLength how much of a packet is captured at most; 0 for all of it
 * @param resolution what times are counted in: the option if_tsresol, the power of 10 or, with the highest bit, of 2
 * @param offset seconds to be added to times
 */
record CaptureInterface(int link, int snapLength, int resolution, long offset) {
    private static final int MICROSECONDS = 6;
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final int POWER_OF_2 = 0x80;
    private static final long SECOND = 1_000_000_000;

    /**
     * The block that describes one.
     *
     * <pre>
     * Int32 1, Int32 length, Int16 link type, Int16 nothing, Int32 the most that is captured of a packet
     * { Int16 option, Int16 length, Byten, up to a multiple of 4 }...
     * </pre>
     */
    static CaptureInterface read(FileBytes bytes, int length) {
        int resolution = MICROSECONDS;
        long offset = 0;
        int at = 16;
        while (at + 4 <= length - 4) {
            int option = bytes.int16(at);
            int size = bytes.int16(at + 2);
            if (option == 0 || at + 4 + size > length - 4) {
                break;
            }
            if (option == RESOLUTION && size >= 1) {
                resolution = bytes.int8(at + 4);
            } else if (option == OFFSET && size >= 8) {
                offset = bytes.int64(at + 4);
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        return new CaptureInterface(bytes.int16(8), bytes.int32(12), resolution, offset);
    }

    /** Nanoseconds since 1970. */
    long time(long units) {
        return offset * SECOND + nanoseconds(units);
    }

    private long nanoseconds(long units) {
        if (resolution == MICROSECONDS) {
            return units * 1000;
        }
        if (resolution == 9) {
            return units;
        }
        int power = resolution & ~POWER_OF_2;
        BigInteger all = new BigInteger(Long.toUnsignedString(units)).multiply(BigInteger.valueOf(SECOND));
        return ((resolution & POWER_OF_2) != 0 ? all.shiftRight(power) : all.divide(BigInteger.TEN.pow(power)))
                .longValue();
    }
}
