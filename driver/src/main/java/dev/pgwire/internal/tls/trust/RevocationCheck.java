package dev.pgwire.internal.tls.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate of a chain is revoked. Each needs a current list of its authority, and no list of that authority may
 * name it.
 */
final class RevocationCheck {
    private final List<X509CRL> lists;

    RevocationCheck(List<X509CRL> lists) {
        this.lists = lists;
    }

    /** Checks the certificates of a path and the root that it leads to. */
    void check(CertPath path, X509Certificate root) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : path.getCertificates()) {
            chain.add((X509Certificate) certificate);
        }
        chain.add(root);
        for (int i = 0; i < chain.size(); i++) {
            checkNotNamed(chain.get(i), chain.get(Math.min(i + 1, chain.size() - 1)));
        }
        if (path.getCertificates().isEmpty()) {
            checkListed(root);
        } else {
            checkListed(path, root);
        }
    }

    /** The JDK looks no further than to the first list that it can use, and never at a root. */
    private void checkNotNamed(X509Certificate certificate, X509Certificate issuer) throws CertificateException {
        for (X509CRL list : lists) {
            if (isOf(list, issuer) && list.isRevoked(certificate)) {
                throw revoked(null);
            }
        }
    }

    /** For a server whose own certificate is the root. */
    private void checkListed(X509Certificate root) throws CertificateException {
        for (X509CRL list : lists) {
            if (isOf(list, root)) {
                return;
            }
        }
        throw notListed(null);
    }

    private void checkListed(CertPath path, X509Certificate root) throws GeneralSecurityException {
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        // Without this the JDK's settings might have it ask servers of the network.
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        parameters.addCertPathChecker(checker);
        try {
            validator.validate(path, parameters);
        } catch (CertPathValidatorException failure) {
            throw failure.getReason() == CertPathValidatorException.BasicReason.REVOKED
                    ? revoked(failure)
                    : notListed(failure);
        }
    }

    private static boolean isOf(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException ofNamesake) {
            return false;
        }
    }

    private static CertificateException revoked(@Nullable Throwable cause) {
        return new CertificateException(
                "the server's certificate, or one above it, has been revoked, expected valid ones", cause);
    }

    private static CertificateException notListed(@Nullable Throwable cause) {
        return new CertificateException(
                "no revocation list tells whether the server's certificate is revoked, expected a current one of each"
                        + " authority in its chain",
                cause);
    }
}
