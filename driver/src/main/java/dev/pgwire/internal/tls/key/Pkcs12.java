package dev.pgwire.internal.tls.key;

import dev.pgwire.internal.tls.file.Der;
import dev.pgwire.internal.tls.file.DerReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads a private key and its certificates from one PKCS#12 file (RFC 7292). */
final class Pkcs12 {
    private static final int VERSION = 3;

    private Pkcs12() {}

    /** Whether a file is one: a sequence that begins with the version 3. */
    static boolean isOne(byte[] file) {
        try {
            DerReader content = new DerReader(file).enter(Der.SEQUENCE);
            return content.is(Der.INTEGER) && content.wholeNumber() == VERSION && content.is(Der.SEQUENCE);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    static ClientCertificate read(byte[] file, KeyPassword password) throws GeneralSecurityException {
        // A file may be encrypted with an empty password, which is none to libpq.
        char[] secret = password.isGiven() ? password.chars() : new char[0];
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    return new ClientCertificate(chain(store, alias), key);
                }
            }
        } catch (IOException | UnrecoverableKeyException unreadable) {
            boolean decrypting = unreadable instanceof UnrecoverableKeyException
                    || unreadable.getCause() instanceof UnrecoverableKeyException;
            if (!decrypting) {
                throw new UnusableKeyException("cannot be understood, expected PKCS#12", unreadable);
            }
            password.chars();
            throw KeyPassword.wrong(unreadable);
        } finally {
            Arrays.fill(secret, '\0');
        }
        throw new UnusableKeyException("holds no private key, expected one with its certificate");
    }

    private static List<X509Certificate> chain(KeyStore store, String alias) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] certificates = store.getCertificateChain(alias);
        if (certificates != null) {
            for (Certificate certificate : certificates) {
                chain.add((X509Certificate) certificate);
            }
        }
        if (chain.isEmpty()) {
            throw new UnusableKeyException("holds no certificate of its private key, expected one");
        }
        return chain;
    }
}
