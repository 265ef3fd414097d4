package dev.pgwire.protocol.auth;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What SCRAM binds to: the hash of the server's certificate (RFC 5929, tls-server-end-point).
 *
 * @param data the hash, or null if the certificate's signature names no hash function to make one with
 * @param signatureAlgorithm how the certificate is signed, such as {@code SHA256withRSA} or {@code Ed25519}
 */
public record EndPoint(byte @Nullable [] data, String signatureAlgorithm) {
    /** What the certificate of a server is bound by. */
    public static EndPoint of(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        try {
            String hash = hash(algorithm, certificate);
            if (hash == null) {
                return new EndPoint(null, algorithm);
            }
            return new EndPoint(MessageDigest.getInstance(hash).digest(certificate.getEncoded()), algorithm);
        } catch (GeneralSecurityException unknownHash) {
            return new EndPoint(null, algorithm);
        }
    }

    private static @Nullable String hash(String algorithm, X509Certificate certificate)
            throws GeneralSecurityException {
        String hash;
        if (algorithm.equalsIgnoreCase("RSASSA-PSS")) {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            byte[] encoded = certificate.getSigAlgParams();
            if (encoded == null) {
                return null;
            }
            try {
                parameters.init(encoded);
            } catch (IOException malformed) {
                return null;
            }
            hash = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } else {
            int with = algorithm.indexOf("with");
            if (with < 0) {
                return null;
            }
            hash = algorithm.substring(0, with);
        }
        if (hash.startsWith("SHA") && hash.indexOf('-') < 0) {
            hash = "SHA-" + hash.substring(3);
        }
        // RFC 5929 takes SHA-256 where the certificate's own hash is broken.
        return hash.startsWith("MD") || hash.equals("SHA-1") ? "SHA-256" : hash;
    }
}
