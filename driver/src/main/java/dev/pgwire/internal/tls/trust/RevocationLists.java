package dev.pgwire.internal.tls.trust;

import dev.pgwire.config.Config;
import dev.pgwire.internal.tls.file.Certificates;
import dev.pgwire.internal.tls.file.TlsFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the revocation lists of a configuration. */
public final class RevocationLists {
    private RevocationLists() {}

    /**
     * The lists that certificates are checked against.
     *
     * @return null if nothing asks for the check; an empty list asks for it, and no certificate will pass
     */
    public static @Nullable List<X509CRL> find(Config config, @Nullable Path home) {
        Path given = config.sslCrl();
        Path directory = config.sslCrlDir();
        List<X509CRL> crls = new ArrayList<>();
        TlsFile file = TlsFile.find("revocation list", given, directory == null ? home : null, "root.crl");
        boolean asked = directory != null;
        // As in libpq, a file that does not exist asks for nothing, nor does one of the default directory that cannot
        // be
        // read.
        if (file != null && !file.isUnreadable()) {
            crls.addAll(Certificates.readCrls(file));
            asked = true;
        }
        if (directory != null) {
            addAll(directory, crls);
        }
        return asked ? crls : null;
    }

    /** OpenSSL looks for files named by the hash of an issuer; all are read here, and each list knows its issuer. */
    private static void addAll(Path directory, List<X509CRL> crls) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    crls.addAll(Certificates.readCrls(new TlsFile("revocation list", entry)));
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new TlsFile("directory of revocation lists", directory)
                    .failure("cannot be read, expected a directory that this user may read", unreadable);
        }
    }
}
