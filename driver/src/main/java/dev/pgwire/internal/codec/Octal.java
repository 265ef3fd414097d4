package dev.pgwire.internal.codec;

/** A byte written as a backslash and three octal digits, as "char" and the escape format of bytea have it. */
public final class Octal {
    private Octal() {}

    /** The byte, 0 to 255, or -1 when what begins at offset and must end before end is something else. */
    public static int escaped(byte[] source, int offset, int end) {
        if (end - offset < 4 || source[offset] != '\\') {
            return -1;
        }
        int high = source[offset + 1] - '0';
        int middle = source[offset + 2] - '0';
        int low = source[offset + 3] - '0';
        boolean octal = high >= 0 && high <= 3 && middle >= 0 && middle <= 7 && low >= 0 && low <= 7;
        return octal ? high << 6 | middle << 3 | low : -1;
    }
}
