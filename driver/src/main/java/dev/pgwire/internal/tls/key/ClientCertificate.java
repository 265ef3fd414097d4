package dev.pgwire.internal.tls.key;

import dev.pgwire.config.Config;
import dev.pgwire.config.SslCertMode;
import dev.pgwire.internal.tls.file.Certificates;
import dev.pgwire.internal.tls.file.TlsFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the client says it is.
 *
 * @param chain its certificate, and then those that lead to an authority
 * @param key the private key of the first
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
    public ClientCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads the files that a configuration names, or the default ones of a directory if there is one.
     *
     * @return null if none is to be sent, or, as in libpq, if there is no file of a certificate
     */
    public static @Nullable ClientCertificate find(Config config, @Nullable Path home) {
        if (config.sslCertMode() == SslCertMode.DISABLE) {
            return null;
        }
        KeyPassword password = new KeyPassword(config.sslPassword());
        Path givenCert = config.sslCert();
        Path givenKey = config.sslKey();
        TlsFile keyFile = TlsFile.find("private key file", givenKey, home, "postgresql.key");
        if (givenCert == null && givenKey != null && keyFile != null && !keyFile.isAbsent()) {
            byte[] content = keyFile.read();
            if (Pkcs12.isOne(content)) {
                return both(keyFile, content, password);
            }
        }
        TlsFile certFile = TlsFile.find("certificate file", givenCert, home, "postgresql.crt");
        if (certFile == null || certFile.isAbsent()) {
            return null;
        }
        byte[] content = certFile.read();
        if (Pkcs12.isOne(content)) {
            ClientCertificate both = both(certFile, content, password);
            return givenKey == null ? both : matching(both.chain, certFile, keyFile, password);
        }
        return matching(Certificates.read(certFile), certFile, keyFile, password);
    }

    private static ClientCertificate both(TlsFile file, byte[] content, KeyPassword password) {
        KeyPermissions.check(file);
        try {
            return Pkcs12.read(content, password);
        } catch (GeneralSecurityException unusable) {
            throw file.failure(reason(unusable), unusable);
        }
    }

    private static ClientCertificate matching(
            List<X509Certificate> chain, TlsFile certFile, @Nullable TlsFile keyFile, KeyPassword password) {
        if (keyFile == null) {
            throw certFile.failure(
                    "has no key, and this user no home to look for one, expected sslkey to name it", null);
        }
        if (keyFile.isAbsent()) {
            throw keyFile.failure(
                    "does not exist, expected the key of the certificate \"" + certFile.path() + "\"", null);
        }
        KeyPermissions.check(keyFile);
        byte[] content = keyFile.read();
        try {
            PrivateKey key =
                    Pkcs12.isOne(content) ? Pkcs12.read(content, password).key : KeyDecoder.decode(content, password);
            if (!KeyPair.belongs(key, chain.get(0).getPublicKey())) {
                throw keyFile.failure(
                        "holds another key than that of the certificate \"" + certFile.path()
                                + "\", expected the two of a pair",
                        null);
            }
            return new ClientCertificate(chain, key);
        } catch (GeneralSecurityException unusable) {
            throw keyFile.failure(reason(unusable), unusable);
        }
    }

    private static String reason(GeneralSecurityException unusable) {
        String message = unusable.getMessage();
        return unusable instanceof UnusableKeyException
                ? String.valueOf(message)
                : "cannot be understood, expected a private key";
    }
}
