package dev.pgwire.internal.tls.file;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Walks the elements of an ASN.1 value in DER. Every length is checked against the bytes that are there. */
public final class DerReader {
    private final byte[] data;
    private final int end;
    private int position;

    public DerReader(byte[] data) {
        this(data, 0, data.length);
    }

    private DerReader(byte[] data, int position, int end) {
        this.data = data;
        this.position = position;
        this.end = end;
    }

    public boolean hasMore() {
        return position < end;
    }

    /** The tag of the next element, -1 at the end. */
    public int tag() {
        return hasMore() ? data[position] & 0xff : -1;
    }

    public boolean is(int tag) {
        return tag() == tag;
    }

    /** The elements inside the next one. */
    public DerReader enter(int tag) throws GeneralSecurityException {
        if (!is(tag)) {
            throw malformed();
        }
        return next();
    }

    /** The content of the next element. */
    public byte[] content(int tag) throws GeneralSecurityException {
        DerReader inside = enter(tag);
        return Arrays.copyOfRange(data, inside.position, inside.end);
    }

    /** The next element with its tag and length. */
    public byte[] element() throws GeneralSecurityException {
        int start = position;
        next();
        return Arrays.copyOfRange(data, start, position);
    }

    /** The next element, a whole number that fits. */
    public int wholeNumber() throws GeneralSecurityException {
        byte[] content = content(Der.INTEGER);
        if (content.length == 0 || content.length > 4) {
            throw malformed();
        }
        return new BigInteger(content).intValue();
    }

    /** The next element, an object identifier, as numbers with dots between them. */
    public String oid() throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (byte part : content(Der.OID)) {
            arc = arc << 7 | part & 0x7f;
            if (arc > Integer.MAX_VALUE) {
                throw malformed();
            }
            if (part >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(arc / 40, 2);
                    text.append(first).append('.').append(arc - 40 * first);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return text.toString();
    }

    private DerReader next() throws GeneralSecurityException {
        if (end - position < 2) {
            throw malformed();
        }
        int length = data[position + 1];
        int start = position + 2;
        if (length < 0) {
            int bytes = length & 0x7f;
            // Zero is BER's "until the end is marked", which DER does not have.
            if (bytes == 0 || bytes > 3 || bytes > end - start) {
                throw malformed();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | data[start++] & 0xff;
            }
        }
        if (length > end - start) {
            throw malformed();
        }
        position = start + length;
        return new DerReader(data, start, position);
    }

    private static GeneralSecurityException malformed() {
        return new GeneralSecurityException("malformed ASN.1");
    }
}
