package dev.pgwire.benchmarks.compare.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What the server shows, in PEM: signed by itself, since nothing verifies it. */
record Certificate(String certificate, String key) {
    /** Where it was written. */
    record Files(Path certificate, Path key) {}

    /** With an RSA key, as most servers have. */
    static Certificate make() {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new Certificate(bundle.getCertificatePEM(), bundle.getPrivateKeyPEM());
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    /** Writes it into files that end with this process. */
    Files write() {
        try {
            return writeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Files writeFiles() throws IOException {
        Path directory = java.nio.file.Files.createTempDirectory("pgwire-compare");
        Files files = new Files(directory.resolve("server.crt"), directory.resolve("server.key"));
        java.nio.file.Files.writeString(files.certificate(), certificate);
        java.nio.file.Files.writeString(files.key(), key);
        java.nio.file.Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        directory.toFile().deleteOnExit();
        files.certificate().toFile().deleteOnExit();
        files.key().toFile().deleteOnExit();
        return files;
    }
}
