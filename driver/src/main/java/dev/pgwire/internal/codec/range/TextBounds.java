package dev.pgwire.internal.codec.range;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;

/**
 * Ranges in text format, as the server prints them: {@code [1,10)}, {@code (,"a ""b""]}, {@code empty}; and multiranges,
 * {@code {[1,2),[4,5)}}. Source: PostgreSQL manual, 8.17.5 Range Input/Output.
 */
final class TextBounds {
    private static final String NOTHING = "empty";

    private final FieldCodec<?> type;
    private final byte[] source;
    private final int from;
    private final int end;
    private int at;
    /** The bounds without quotes, one behind the other. */
    private final byte[] plain;

    private int used;

    TextBounds(FieldCodec<?> type, byte[] source, int offset, int length) {
        this.type = type;
        this.source = source;
        this.from = offset;
        this.at = offset;
        this.end = offset + length;
        this.plain = new byte[length];
    }

    /** Reads what is one range and nothing else. */
    Bounds only() {
        Bounds bounds = range();
        end();
        return bounds;
    }

    /** Whether the next byte is this one, which is passed over then. */
    boolean passes(char c) {
        boolean is = look() == c;
        if (is) {
            at++;
        }
        return is;
    }

    void end() {
        if (at != end) {
            throw bad();
        }
    }

    DataException bad() {
        return type.badText(source, from, end - from);
    }

    /** Reads a range. */
    Bounds range() {
        Bounds bounds = new Bounds(Format.TEXT, plain);
        if (look() == NOTHING.charAt(0)) {
            for (int i = 0; i < NOTHING.length(); i++) {
                if (!passes(NOTHING.charAt(i))) {
                    throw bad();
                }
            }
            bounds.flags = Bounds.EMPTY;
            return bounds;
        }
        boolean lowerInclusive = passes('[');
        if (!lowerInclusive && !passes('(')) {
            throw bad();
        }
        bounds.lowerAt = used;
        boolean hasLower = bound();
        bounds.lowerLength = used - bounds.lowerAt;
        if (!passes(',')) {
            throw bad();
        }
        bounds.upperAt = used;
        boolean hasUpper = bound();
        bounds.upperLength = used - bounds.upperAt;
        boolean upperInclusive = passes(']');
        if (!upperInclusive && !passes(')') || lowerInclusive && !hasLower || upperInclusive && !hasUpper) {
            throw bad();
        }
        bounds.flags = (lowerInclusive ? Bounds.LOWER_INCLUSIVE : 0)
                | (upperInclusive ? Bounds.UPPER_INCLUSIVE : 0)
                | (hasLower ? 0 : Bounds.LOWER_INFINITE)
                | (hasUpper ? 0 : Bounds.UPPER_INFINITE);
        return bounds;
    }

    private int look() {
        return at < end ? source[at] : -1;
    }

    /** Reads a bound; returns whether there is one. The text that is empty has quotes. */
    private boolean bound() {
        boolean there = false;
        boolean quoted = false;
        while (quoted || !endsBound(look())) {
            there = true;
            if (!passes('"')) {
                if (look() == '\\') {
                    at++;
                }
                take();
            } else if (!quoted) {
                quoted = true;
            } else if (look() == '"') {
                take();
            } else {
                quoted = false;
            }
        }
        return there;
    }

    private static boolean endsBound(int c) {
        return c == ',' || c == ')' || c == ']' || c == -1;
    }

    private void take() {
        if (at == end) {
            throw bad();
        }
        plain[used++] = source[at++];
    }
}
