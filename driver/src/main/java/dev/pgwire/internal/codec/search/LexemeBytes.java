package dev.pgwire.internal.codec.search;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;

/** The bytes of a tsvector or a tsquery, whose words end with a zero byte, from the first to the last. */
final class LexemeBytes {
    private final FieldCodec<?> type;
    private final byte[] source;
    private final int end;
    private int at;

    LexemeBytes(FieldCodec<?> type, byte[] source, int offset, int length) {
        this.type = type;
        this.source = source;
        this.at = offset;
        this.end = offset + length;
    }

    /** Reads how many things follow, which is checked against the least that each of them takes. */
    int count(int size) {
        need(Integer.BYTES);
        int count = BigEndian.getInt(source, at);
        at += Integer.BYTES;
        if (count < 0 || count > (end - at) / size) {
            throw type.badBinary(count + " parts, expected not more than " + (end - at) + " bytes have room for");
        }
        return count;
    }

    int unsignedByte() {
        need(1);
        return source[at++] & 0xFF;
    }

    int unsignedShort() {
        need(Short.BYTES);
        int value = BigEndian.getShort(source, at) & 0xFFFF;
        at += Short.BYTES;
        return value;
    }

    String lexeme() {
        int from = skipLexeme();
        return Utf8.decode(source, from, at - 1 - from);
    }

    /** Goes behind a word and gives where it begins. */
    int skipLexeme() {
        int from = at;
        while (at < end && source[at] != 0) {
            at++;
        }
        need(1);
        at++;
        return from;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    void expectEnd() {
        if (at != end) {
            throw type.badBinary((end - at) + " bytes behind its last part, expected none");
        }
    }

    private void need(int length) {
        if (end - at < length) {
            throw type.badBinary((end - at) + " bytes left, expected " + length);
        }
    }
}
