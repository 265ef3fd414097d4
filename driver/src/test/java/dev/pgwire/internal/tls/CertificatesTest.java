package dev.pgwire.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    /** {@code openssl x509 -trustout} writes what a certificate is trusted for behind it. */
    @Test
    void aTrustedCertificateIsTheCertificateInIt(@TempDir Path directory) throws Exception {
        byte[] trusted = KeyDecoderTest.bytes("trusted.crt");
        byte[] plain = KeyDecoderTest.bytes("plain.crt");
        assertTrue(new String(trusted).startsWith("-----BEGIN TRUSTED CERTIFICATE-----"));
        Path both = Files.write(directory.resolve("root.crt"), trusted);
        Path one = Files.write(directory.resolve("plain.crt"), plain);
        assertEquals(
                Certificates.read(new TlsFile("root certificate", one)),
                Certificates.read(new TlsFile("root certificate", both)));
    }
}
