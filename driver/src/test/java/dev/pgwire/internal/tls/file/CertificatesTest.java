package dev.pgwire.internal.tls.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.tls.key.KeyDecoderTest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
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

    /** {@code openssl x509 -addreject serverAuth}, {@code -addtrust clientAuth}. */
    @Test
    void aTrustedCertificateThatIsNotToBeTrustedForServersIsRefused(@TempDir Path directory) throws Exception {
        byte[] servers = Der.of(Der.OID, new byte[] {0x2b, 6, 1, 5, 5, 7, 3, 1});
        byte[] clients = Der.of(Der.OID, new byte[] {0x2b, 6, 1, 5, 5, 7, 3, 2});
        byte[] any = Der.of(Der.OID, new byte[] {0x55, 0x1d, 0x25, 0});
        byte[] alias = Der.of(0x0c, new byte[] {'a'});
        List<byte[]> refused = List.of(
                Der.of(Der.SEQUENCE, Der.of(Der.CONTEXT_0, servers)),
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, servers), Der.of(Der.CONTEXT_0, clients, any), alias),
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, clients)),
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE)));
        for (byte[] settings : refused) {
            PgException failure = assertThrows(PgException.class, () -> read(directory, settings));
            assertTrue(failure.toString().contains("cannot be understood"), failure.toString());
        }
        List<byte[]> accepted = List.of(
                Der.of(Der.SEQUENCE, alias),
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, clients, servers)),
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, any), Der.of(Der.CONTEXT_0, clients)));
        for (byte[] settings : accepted) {
            assertEquals(1, read(directory, settings).size());
        }
    }

    private static List<X509Certificate> read(Path directory, byte[] settings) throws Exception {
        byte[] certificate =
                PemBlock.read(KeyDecoderTest.bytes("plain.crt")).get(0).content();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(certificate);
        both.writeBytes(settings);
        Path file = Files.writeString(
                directory.resolve("made.crt"),
                "-----BEGIN TRUSTED CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(both.toByteArray())
                        + "\n-----END TRUSTED CERTIFICATE-----\n");
        return Certificates.read(new TlsFile("root certificate", file));
    }
}
