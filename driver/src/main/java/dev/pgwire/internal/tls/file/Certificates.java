package dev.pgwire.internal.tls.file;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates and the revocation lists of files, in PEM or as one value in DER. */
public final class Certificates {
    private Certificates() {}

    /** All certificates of a file, in order; at least one. */
    public static List<X509Certificate> read(TlsFile file) {
        byte[] content = file.read();
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : PemBlock.read(content)) {
                if (block.isCertificate()) {
                    certificates.add(certificate(factory, block.certificate()));
                }
            }
            if (certificates.isEmpty() && new DerReader(content).is(Der.SEQUENCE)) {
                certificates.add(certificate(factory, content));
            }
        } catch (GeneralSecurityException unreadable) {
            throw file.failure("cannot be understood, expected certificates in PEM", unreadable);
        }
        if (certificates.isEmpty()) {
            throw file.failure("holds no certificate, expected at least one in PEM", null);
        }
        return certificates;
    }

    /** All revocation lists of a file; there may be none. */
    public static List<X509CRL> readCrls(TlsFile file) {
        List<X509CRL> crls = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : PemBlock.read(file.read())) {
                if (block.isCrl()) {
                    crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw file.failure("cannot be understood, expected revocation lists in PEM", unreadable);
        }
        return crls;
    }

    private static X509Certificate certificate(CertificateFactory factory, byte[] der) throws GeneralSecurityException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }
}
