package dev.pgwire.it;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** An authority, and what it has signed, as files of PEM: {@code localhost} for servers, a role for clients. */
final class TestCertificates {
    private final Path directory;
    private final X509Bundle authority;

    private TestCertificates(Path directory, X509Bundle authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /** A new authority with a certificate for {@code localhost}, {@code 127.0.0.1}. */
    static TestCertificates in(Path directory) {
        try {
            X509Bundle authority = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=Test Authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            TestCertificates certificates = new TestCertificates(directory, authority);
            Files.writeString(certificates.authority(), authority.getCertificatePEM());
            certificates.serve(certificates.issue(forLocalhost().rsa2048()));
            return certificates;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is right for a server here; the key may be said. */
    static CertificateBuilder forLocalhost() {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1");
    }

    /** The root certificate. */
    Path authority() {
        return directory.resolve("root.crt");
    }

    Path serverCertificate() {
        return directory.resolve("server.crt");
    }

    Path serverKey() {
        return directory.resolve("server.key");
    }

    /** A certificate that this authority has signed; no file of it. */
    X509Bundle issue(CertificateBuilder wanted) {
        try {
            return wanted.buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts this in place of what the server shows; it has to read it. */
    void serve(X509Bundle bundle) {
        write("server", bundle);
    }

    /** What a server in Java shows such a certificate with. */
    static SSLContext context(X509Bundle bundle) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client in Java believes this authority with, and no other. */
    SSLContext trust() {
        try {
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null);
            believed.setCertificateEntry("root", authority.getCertificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for a role; its key lies beside it, {@code NAME.crt} and {@code NAME.key}. */
    Path client(String role) {
        return write(role, issue(new CertificateBuilder().rsa2048().subject("CN=" + role)));
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}, and returns the first. */
    Path write(String name, X509Bundle bundle) {
        secret(name + ".key", bundle.getPrivateKeyPEM());
        return text(name + ".crt", bundle.getCertificatePEM());
    }

    /** The key of a bundle in PEM, which opens with a password. */
    Path encryptedKey(String file, X509Bundle bundle, String password) {
        try {
            OutputEncryptor encryptor = new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .build(password.toCharArray());
            byte[] key = new JcaPKCS8EncryptedPrivateKeyInfoBuilder(
                            bundle.getKeyPair().getPrivate())
                    .build(encryptor)
                    .getEncoded();
            return secret(file, pem("ENCRYPTED PRIVATE KEY", key));
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's list of what it has revoked, in PEM. */
    Path revocationList(String file, X509Bundle... revoked) {
        Date now = new Date();
        Date tomorrow = Date.from(now.toInstant().plus(1, ChronoUnit.DAYS));
        JcaX509v2CRLBuilder list =
                new JcaX509v2CRLBuilder(authority.getCertificate().getSubjectX500Principal(), now);
        list.setNextUpdate(tomorrow);
        for (X509Bundle bundle : revoked) {
            list.addCRLEntry(bundle.getCertificate().getSerialNumber(), now, CRLReason.keyCompromise);
        }
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA")
                    .build(authority.getKeyPair().getPrivate());
            return text(file, pem("X509 CRL", list.build(signer).getEncoded()));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    private Path secret(String file, String text) {
        Path path = text(file, text);
        try {
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path text(String file, String text) {
        try {
            return Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
