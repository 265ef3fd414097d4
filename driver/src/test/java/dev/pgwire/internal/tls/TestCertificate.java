package dev.pgwire.internal.tls;

import dev.pgwire.internal.tls.file.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, made for a test; signs others and revocation lists. */
public record TestCertificate(
        String name,
        X509Certificate certificate,
        PrivateKey key,
        String signing,
        @Nullable TestCertificate issuer) {
    private static final AtomicInteger SERIALS = new AtomicInteger(1000);
    private static final byte[] CRITICAL = Der.of(0x01, new byte[] {(byte) 0xff});
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A root. */
    public static TestCertificate authority(String name) {
        return named(name).authority().selfSigned();
    }

    /** A root of the same name with the same key, valid now. */
    TestCertificate renewed() {
        return named(name).authority().make(null, null, new java.security.KeyPair(certificate.getPublicKey(), key));
    }

    public static Maker named(String commonName) {
        return new Maker(commonName);
    }

    /** This and the certificates above it, without the root. */
    List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        TestCertificate at = this;
        for (TestCertificate above = issuer; above != null; at = above, above = above.issuer) {
            chain.add(at.certificate);
        }
        return chain.isEmpty() ? List.of(certificate) : chain;
    }

    public static String pem(X509Certificate... certificates) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder("a comment\n");
        for (X509Certificate certificate : certificates) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString();
    }

    public static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** A revocation list of this authority, in PEM, valid for so many days from now. */
    String crl(int days, TestCertificate... revoked) throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[][] entries = new byte[revoked.length][];
        for (int i = 0; i < revoked.length; i++) {
            entries[i] = Der.of(
                    Der.SEQUENCE,
                    Der.of(Der.INTEGER, revoked[i].certificate.getSerialNumber().toByteArray()),
                    time(now.minus(1, ChronoUnit.DAYS)));
        }
        byte[] list = Der.of(
                Der.SEQUENCE,
                Der.of(Der.INTEGER, new byte[] {1}),
                Maker.algorithm(signing),
                certificate.getSubjectX500Principal().getEncoded(),
                time(now.minus(30, ChronoUnit.DAYS)),
                time(now.plus(days, ChronoUnit.DAYS)),
                entries.length == 0 ? new byte[0] : Der.of(Der.SEQUENCE, entries));
        return pem("X509 CRL", signed(list, signing, key));
    }

    private static byte[] time(Instant at) {
        return Der.of(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] signed(byte[] content, String signing, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(signing);
        signature.initSign(key);
        signature.update(content);
        return Der.of(
                Der.SEQUENCE, content, Maker.algorithm(signing), Der.of(Der.BIT_STRING, new byte[1], signature.sign()));
    }

    /** Says what a certificate shall be. What is not said is a server's, with an elliptic key, valid since yesterday. */
    public static final class Maker {
        private final String commonName;
        private final List<byte[]> alternatives = new ArrayList<>();
        private final List<byte[]> extensions = new ArrayList<>();
        private Instant from = Instant.now().minus(1, ChronoUnit.DAYS);
        private Instant until = Instant.now().plus(30, ChronoUnit.DAYS);
        private String keyAlgorithm = "EC";

        private Maker(String commonName) {
            this.commonName = commonName;
        }

        Maker authority() {
            // basicConstraints: CA
            extensions.add(extension(0x13, Der.of(Der.SEQUENCE, CRITICAL)));
            return this;
        }

        /** nameConstraints: only names under this one. */
        Maker permitting(String domain) {
            byte[] subtree = Der.of(Der.SEQUENCE, Der.of(0x82, domain.getBytes(StandardCharsets.US_ASCII)));
            extensions.add(extension(0x1e, CRITICAL, Der.of(Der.SEQUENCE, Der.of(Der.CONTEXT_0, subtree))));
            return this;
        }

        public Maker dns(String name) {
            alternatives.add(Der.of(0x82, name.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        public Maker ip(int... address) {
            byte[] bytes = new byte[address.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) address[i];
            }
            alternatives.add(Der.of(0x87, bytes));
            return this;
        }

        /** An entry of subjectAltName that names no host. */
        public Maker mail(String address) {
            alternatives.add(Der.of(0x81, address.getBytes(StandardCharsets.US_ASCII)));
            return this;
        }

        /** extendedKeyUsage: clientAuth and nothing else. */
        Maker forClientsOnly() {
            extensions.add(extension(0x25, Der.of(Der.SEQUENCE, Der.oid(0x2b, 6, 1, 5, 5, 7, 3, 2))));
            return this;
        }

        Maker days(int first, int last) {
            from = Instant.now().plus(first, ChronoUnit.DAYS);
            until = Instant.now().plus(last, ChronoUnit.DAYS);
            return this;
        }

        public Maker keyOf(String algorithm) {
            keyAlgorithm = algorithm;
            return this;
        }

        public TestCertificate selfSigned() {
            return make(null, null, pair());
        }

        public TestCertificate by(TestCertificate issuer) {
            return make(issuer, null, pair());
        }

        public TestCertificate by(TestCertificate issuer, String signing) {
            return make(issuer, signing, pair());
        }

        private TestCertificate make(
                @Nullable TestCertificate issuer, @Nullable String wanted, java.security.KeyPair pair) {
            try {
                String own = keyAlgorithm.equals("EC")
                        ? "SHA256withECDSA"
                        : keyAlgorithm.equals("RSA") ? "SHA256withRSA" : keyAlgorithm;
                String signing = wanted != null ? wanted : issuer == null ? own : issuer.signing;
                byte[] subject = subject();
                if (!alternatives.isEmpty()) {
                    extensions.add(extension(
                            0x11,
                            commonName.isEmpty() ? CRITICAL : new byte[0],
                            Der.of(Der.SEQUENCE, alternatives.toArray(new byte[0][]))));
                }
                byte[] content = Der.of(
                        Der.SEQUENCE,
                        Der.of(Der.CONTEXT_0, Der.of(Der.INTEGER, new byte[] {2})),
                        Der.of(
                                Der.INTEGER,
                                BigInteger.valueOf(SERIALS.incrementAndGet()).toByteArray()),
                        algorithm(signing),
                        issuer == null
                                ? subject
                                : issuer.certificate.getSubjectX500Principal().getEncoded(),
                        Der.of(Der.SEQUENCE, time(from), time(until)),
                        subject,
                        pair.getPublic().getEncoded(),
                        extensions.isEmpty()
                                ? new byte[0]
                                : Der.of(0xa3, Der.of(Der.SEQUENCE, extensions.toArray(new byte[0][]))));
                byte[] encoded = signed(content, signing, issuer == null ? pair.getPrivate() : issuer.key);
                X509Certificate certificate = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
                return new TestCertificate(commonName, certificate, pair.getPrivate(), own, issuer);
            } catch (GeneralSecurityException failure) {
                throw new AssertionError(failure);
            }
        }

        private java.security.KeyPair pair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
                if (keyAlgorithm.equals("EC")) {
                    generator.initialize(256);
                } else if (keyAlgorithm.equals("RSA")) {
                    generator.initialize(2048);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException failure) {
                throw new AssertionError(failure);
            }
        }

        /** A name of a commonName in UTF-8, which may hold anything. */
        private byte[] subject() {
            return commonName.isEmpty()
                    ? Der.of(Der.SEQUENCE)
                    : Der.of(
                            Der.SEQUENCE,
                            Der.of(
                                    Der.SET,
                                    Der.of(
                                            Der.SEQUENCE,
                                            Der.oid(0x55, 4, 3),
                                            Der.of(0x0c, commonName.getBytes(StandardCharsets.UTF_8)))));
        }

        private static byte[] extension(int id, byte[] value) {
            return extension(id, new byte[0], value);
        }

        private static byte[] extension(int id, byte[] critical, byte[] value) {
            return Der.of(Der.SEQUENCE, Der.oid(0x55, 0x1d, id), critical, Der.of(Der.OCTET_STRING, value));
        }

        private static byte[] algorithm(String signing) throws GeneralSecurityException {
            byte[] id =
                    switch (signing) {
                        case "SHA256withECDSA" -> Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
                        case "SHA384withECDSA" -> Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3);
                        case "SHA1withECDSA" -> Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1);
                        case "SHA256withRSA" -> Der.oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11);
                        case "SHA512withRSA" -> Der.oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13);
                        case "Ed25519" -> Der.oid(0x2b, 0x65, 0x70);
                        case "Ed448" -> Der.oid(0x2b, 0x65, 0x71);
                        default -> throw new GeneralSecurityException(signing);
                    };
            return signing.endsWith("RSA") ? Der.of(Der.SEQUENCE, id, Der.of(Der.NULL)) : Der.of(Der.SEQUENCE, id);
        }
    }
}
