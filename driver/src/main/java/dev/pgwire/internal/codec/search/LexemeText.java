package dev.pgwire.internal.codec.search;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;

/** The text of a tsvector or a tsquery, whose words stand in quotes, from the first character to the last. */
final class LexemeText {
    /** More digits than any number there has. */
    private static final int MAX_NUMBER = 99999;

    private final FieldCodec<?> type;
    private final byte[] source;
    private final int from;
    private final int end;
    private int at;

    LexemeText(FieldCodec<?> type, byte[] source, int offset, int length) {
        this.type = type;
        this.source = source;
        this.from = offset;
        this.at = offset;
        this.end = offset + length;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Goes behind a character if it is the next one. */
    boolean takes(char c) {
        if (at == end || source[at] != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) {
        if (!takes(c)) {
            throw bad();
        }
    }

    /** A word in quotes; a quote or a backslash in it stands twice. */
    String lexeme() {
        expect('\'');
        int start = at;
        byte[] plain = null;
        int length = 0;
        while (at < end) {
            byte c = source[at++];
            if (c == '\'' || c == '\\') {
                if (at == end || source[at] != c) {
                    if (c == '\\') {
                        throw bad();
                    }
                    return plain == null ? Utf8.decode(source, start, at - 1 - start) : Utf8.decode(plain, 0, length);
                }
                if (plain == null) {
                    plain = new byte[end - start];
                    length = at - 1 - start;
                    System.arraycopy(source, start, plain, 0, length);
                }
                at++;
            }
            if (plain != null) {
                plain[length++] = c;
            }
        }
        throw bad();
    }

    int number() {
        int start = at;
        int number = 0;
        while (at < end && Ascii.isDigit(source[at]) && number <= MAX_NUMBER) {
            number = 10 * number + source[at++] - '0';
        }
        if (at == start) {
            throw bad();
        }
        return number;
    }

    DataException bad() {
        return type.badText(source, from, end - from);
    }
}
