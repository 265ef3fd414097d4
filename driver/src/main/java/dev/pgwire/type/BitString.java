package dev.pgwire.type;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A string of bits, as PostgreSQL's bit and varbit have it: the first bit is the leftmost one, with the index 0. Immutable.
 * Source: PostgreSQL manual, 8.10 Bit String Types.
 */
public final class BitString {
    private final int length;
    /** The first bit is the highest one of the first byte; the bits behind the last one are zero. */
    private final byte[] bytes;

    private BitString(int length, byte[] bytes) {
        this.length = length;
        this.bytes = bytes;
    }

    /**
     * Reads zeros and ones.
     *
     * @param text for example "1010"
     * @return a string of as many bits
     * @throws IllegalArgumentException if there is another character
     */
    public static BitString of(CharSequence text) {
        int length = text.length();
        byte[] bytes = new byte[size(length)];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '1') {
                bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
            } else if (c != '0') {
                throw new IllegalArgumentException("no bit at index " + i + ", expected 0 or 1");
            }
        }
        return new BitString(length, bytes);
    }

    /**
     * Bits by their indexes: the bit with the index 0 is the leftmost one.
     *
     * @param bits the indexes of the ones
     * @param length how many bits there are, zeros at the end included
     * @return a string of that length
     * @throws IllegalArgumentException if the length is negative, or if there is a one behind it
     */
    public static BitString of(BitSet bits, int length) {
        if (length < bits.length()) {
            throw new IllegalArgumentException("a length of " + length + ", expected at least " + bits.length());
        }
        byte[] bytes = new byte[size(length)];
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
        }
        return new BitString(length, bytes);
    }

    /**
     * The lowest bits of a number, its lowest one at the right, as the server's cast of a number gives them.
     *
     * @param value the number
     * @param length how many bits there are, 0 to 64
     * @return a string of that length
     * @throws IllegalArgumentException if the length is another one, or if bits of a positive number are lost
     */
    public static BitString of(long value, int length) {
        if (length < 0 || length > Long.SIZE || length < Long.SIZE && value >> length != 0 && value >> length != -1) {
            throw new IllegalArgumentException("a length of " + length + ", expected 0 to 64, and enough for " + value);
        }
        byte[] bytes = new byte[size(length)];
        for (int i = 0; i < length; i++) {
            if ((value >>> length - 1 - i & 1) == 1) {
                bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
            }
        }
        return new BitString(length, bytes);
    }

    /**
     * Reads bits from bytes: the first bit is the highest one of the first byte.
     *
     * @param bytes the bytes, which are copied
     * @param length how many bits there are; what follows them in the last byte does not count
     * @return a string of that length
     * @throws IllegalArgumentException if there are more or fewer bytes than such a string has
     */
    public static BitString of(byte[] bytes, int length) {
        if (length < 0 || bytes.length != size(length)) {
            throw new IllegalArgumentException(length + " bits in " + bytes.length + " bytes, expected eight in each");
        }
        byte[] copy = bytes.clone();
        if ((length & 7) != 0) {
            copy[copy.length - 1] &= (byte) (0xFF00 >> (length & 7));
        }
        return new BitString(length, copy);
    }

    private static int size(int length) {
        return (length >> 3) + ((length & 7) == 0 ? 0 : 1);
    }

    /**
     * How many bits there are.
     *
     * @return 0 or more
     */
    public int length() {
        return length;
    }

    /**
     * A bit.
     *
     * @param index 0 for the leftmost one
     * @return whether it is a one
     * @throws IndexOutOfBoundsException if there is no such bit
     */
    public boolean get(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException("bit " + index + " of " + length);
        }
        return (bytes[index >> 3] >> (7 - (index & 7)) & 1) == 1;
    }

    /**
     * The indexes of the ones.
     *
     * @return a new set, which does not know the zeros at the end
     */
    public BitSet toBitSet() {
        BitSet bits = new BitSet(length);
        for (int i = 0; i < length; i++) {
            if (get(i)) {
                bits.set(i);
            }
        }
        return bits;
    }

    /**
     * The number whose lowest bit is the rightmost one.
     *
     * @return negative only if there are 64 bits and the first one is a one
     * @throws ArithmeticException if there are more than 64 bits
     */
    public long toLong() {
        if (length > Long.SIZE) {
            throw new ArithmeticException(length + " bits, which no long holds");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 1 | (get(i) ? 1 : 0);
        }
        return value;
    }

    /**
     * The bits, eight in each byte, the first one highest; those behind the last one are zero.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitString bits && bits.length == length && Arrays.equals(bits.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * length + Arrays.hashCode(bytes);
    }

    /**
     * Zeros and ones, as the server writes them.
     *
     * @return for example "1010"
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(get(i) ? '1' : '0');
        }
        return out.toString();
    }
}
