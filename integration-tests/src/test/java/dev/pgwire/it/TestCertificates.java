package dev.pgwire.it;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
            certificates.write(
                    "server",
                    new CertificateBuilder()
                            .rsa2048()
                            .subject("CN=localhost")
                            .addSanDnsName("localhost")
                            .addSanIpAddress("127.0.0.1")
                            .buildIssuedBy(authority));
            return certificates;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

    /** A certificate for a role; its key lies beside it, {@code NAME.crt} and {@code NAME.key}. */
    Path client(String role) {
        try {
            write(role, new CertificateBuilder().rsa2048().subject("CN=" + role).buildIssuedBy(authority));
            return directory.resolve(role + ".crt");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, X509Bundle bundle) throws IOException {
        Files.writeString(directory.resolve(name + ".crt"), bundle.getCertificatePEM());
        Path key = directory.resolve(name + ".key");
        Files.writeString(key, bundle.getPrivateKeyPEM());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
}
