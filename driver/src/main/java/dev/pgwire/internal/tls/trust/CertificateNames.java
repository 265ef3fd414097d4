package dev.pgwire.internal.tls.trust;

import dev.pgwire.internal.tls.file.Der;
import dev.pgwire.internal.tls.file.DerReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names a certificate is for, read from its bytes: the JDK hides a subjectAltName that it finds malformed, and a
 * certificate without one is judged by its common name.
 *
 * @param alternatives the dNSName and iPAddress entries of subjectAltName, in order; others do not count
 * @param commonName the first common name of the subject, or null
 */
record CertificateNames(List<Name> alternatives, byte @Nullable [] commonName) {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    /**
     * One entry of subjectAltName.
     *
     * @param isAddress whether it is an iPAddress and no dNSName
     * @param content the address, or the characters of the name
     */
    record Name(boolean isAddress, byte[] content) {
        String shown() {
            return isAddress ? "an IP address" : text(content);
        }
    }

    static CertificateNames of(X509Certificate certificate) throws CertificateException {
        try {
            return new CertificateNames(alternatives(certificate), commonName(certificate));
        } catch (GeneralSecurityException malformed) {
            throw new CertificateException(
                    "the names in the server's certificate cannot be read, expected a subjectAltName in DER",
                    malformed);
        }
    }

    private static List<Name> alternatives(X509Certificate certificate) throws GeneralSecurityException {
        List<Name> found = new ArrayList<>();
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        if (extension == null) {
            return found;
        }
        DerReader names = new DerReader(new DerReader(extension).content(Der.OCTET_STRING)).enter(Der.SEQUENCE);
        while (names.hasMore()) {
            int tag = names.tag();
            if (tag == DNS_NAME || tag == IP_ADDRESS) {
                found.add(new Name(tag == IP_ADDRESS, names.content(tag)));
            } else {
                names.element();
            }
        }
        return found;
    }

    private static byte @Nullable [] commonName(X509Certificate certificate) throws GeneralSecurityException {
        DerReader parts = new DerReader(certificate.getSubjectX500Principal().getEncoded()).enter(Der.SEQUENCE);
        while (parts.hasMore()) {
            DerReader set = parts.enter(Der.SET);
            while (set.hasMore()) {
                DerReader part = set.enter(Der.SEQUENCE);
                if (part.oid().equals(COMMON_NAME)) {
                    return part.content(part.tag());
                }
            }
        }
        return null;
    }

    /** A name to look at: each byte one character, so that none is lost. */
    static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
