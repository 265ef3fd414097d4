package dev.pgwire.type;

import java.util.Arrays;

/**
 * An address of a network card: 6 bytes, as the type macaddr has it, or 8 bytes, as macaddr8 has it. Immutable, and sorted as
 * the server sorts. Source: PostgreSQL manual, 8.9.4 macaddr, 8.9.5 macaddr8.
 */
public final class MacAddress implements Comparable<MacAddress> {
    private final byte[] bytes;

    private MacAddress(byte[] bytes) {
        if (bytes.length != 6 && bytes.length != 8) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes, expected 6 or 8");
        }
        this.bytes = bytes;
    }

    /**
     * An address from its text: two hexadecimal digits for each byte, upper or lower case, with the same separator (":", "-"
     * or ".") between some of the bytes, or none.
     *
     * @param text for example "08:00:2b:01:02:03", "08-00-2B-01-02-03", "0800.2b01.0203", "08002b010203"
     * @return the address
     * @throws IllegalArgumentException if the text is none, or has not 6 or 8 bytes
     */
    public static MacAddress of(String text) {
        byte[] bytes = new byte[8];
        int count = 0;
        char separator = 0;
        for (int i = 0; i < text.length(); i += 2) {
            char c = text.charAt(i);
            if (i > 0 && (c == ':' || c == '-' || c == '.') && (separator == 0 || separator == c)) {
                separator = c;
                i++;
            }
            int high = hex(text, i);
            int low = hex(text, i + 1);
            if (high < 0 || low < 0 || count == 8) {
                throw bad(text);
            }
            bytes[count++] = (byte) (high << 4 | low);
        }
        if (count != 6 && count != 8) {
            throw bad(text);
        }
        return new MacAddress(Arrays.copyOf(bytes, count));
    }

    private static int hex(String text, int index) {
        return index < text.length() && text.charAt(index) < 0x80 ? Character.digit(text.charAt(index), 16) : -1;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no address, expected 6 or 8 bytes, for example 08:00:2b:01:02:03");
    }

    /**
     * An address from its bytes.
     *
     * @param bytes 6 or 8 bytes, which are copied
     * @return the address
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static MacAddress of(byte[] bytes) {
        return new MacAddress(bytes.clone());
    }

    /**
     * The bytes of the address.
     *
     * @return a copy: 6 or 8 bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * How many bytes the address has.
     *
     * @return 6, as macaddr has them, or 8, as macaddr8 has them
     */
    public int length() {
        return bytes.length;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * The address as the server prints it.
     *
     * @return for example "08:00:2b:01:02:03"
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(3 * bytes.length);
        for (byte each : bytes) {
            if (out.length() > 0) {
                out.append(':');
            }
            out.append(Character.forDigit(each >> 4 & 0xF, 16)).append(Character.forDigit(each & 0xF, 16));
        }
        return out.toString();
    }
}
