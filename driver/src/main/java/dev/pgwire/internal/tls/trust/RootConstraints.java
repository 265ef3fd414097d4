package dev.pgwire.internal.tls.trust;

import dev.pgwire.protocol.auth.PeerText;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which names a root may vouch for, if it says so itself (RFC 5280, 4.2.1.10). The JDK asks this of the certificates below a
 * root only, and refuses a {@link TrustAnchor} with constraints.
 */
final class RootConstraints {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private RootConstraints() {}

    /** Checks a path that is good but for this. */
    static void check(CertPath path, X509Certificate root) throws GeneralSecurityException {
        if (path.getCertificates().isEmpty() || root.getExtensionValue(NAME_CONSTRAINTS) == null) {
            return;
        }
        // The root as the last link below its own key: so its constraints are looked at like those of any other link.
        List<Certificate> links = new ArrayList<>(path.getCertificates());
        links.add(root);
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null)));
        parameters.setRevocationEnabled(false);
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(links), parameters);
        } catch (CertPathValidatorException forbidden) {
            throw new CertificateException(
                    "the server's certificate is not trusted, expected one that the constraints of the root "
                            + PeerText.shown(root.getSubjectX500Principal().toString()) + " allow",
                    forbidden);
        }
    }
}
