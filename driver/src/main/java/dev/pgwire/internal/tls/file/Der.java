package dev.pgwire.internal.tls.file;

import java.io.ByteArrayOutputStream;

/** The tags of ASN.1 that keys and certificates are made of, and the writing of an element (ITU-T X.690). */
public final class Der {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    static final int OID = 0x06;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    /** The first tag whose meaning depends on where it stands, constructed. */
    public static final int CONTEXT_0 = 0xa0;

    private Der() {}

    /** An element of a tag whose content is the given parts, one after another. */
    public static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 6);
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            element.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                element.write(length >>> shift);
            }
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** An object identifier, given as the bytes of its content. */
    public static byte[] oid(int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return of(OID, bytes);
    }
}
