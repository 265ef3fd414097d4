package dev.pgwire.internal.config;

import org.jspecify.annotations.Nullable;

/** Numbers as libpq reads them: white space around them, a sign, the digits 0 to 9, 32 bits. */
public final class WholeNumber {
    private WholeNumber() {}

    /** The number, or null if it is none. */
    public static @Nullable Integer parse(String value) {
        String text = CSpace.strip(value);
        int from = 0;
        int to = text.length();
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) {
            from++;
        }
        if (from == to) {
            return null;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
            if (number > 1L + Integer.MAX_VALUE) {
                return null;
            }
        }
        long signed = negative ? -number : number;
        return signed == (int) signed ? (int) signed : null;
    }
}
