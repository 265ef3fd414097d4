package dev.pgwire.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.internal.tls.key.KeyDecoderTest;
import dev.pgwire.protocol.auth.EndPoint;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class EndPointTest {
    /** The algorithm's name does not tell the hash; its parameters do. */
    @Test
    void aSignatureInPssHasItsHashInItsParameters() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(KeyDecoderTest.bytes("rsa-pss-sha384.crt")));
        EndPoint endPoint = EndPoint.of(certificate);
        assertEquals("RSASSA-PSS", endPoint.signatureAlgorithm());
        assertArrayEquals(MessageDigest.getInstance("SHA-384").digest(certificate.getEncoded()), endPoint.data());
    }
}
