package dev.pgwire.internal.tls.trust;

import dev.pgwire.internal.tls.file.Certificates;
import dev.pgwire.internal.tls.file.TlsFile;
import dev.pgwire.protocol.auth.PeerText;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes servers whose certificate leads to a root of a file, as OpenSSL does for libpq: only a certificate that has signed
 * itself is a root, and it counts only while it is valid; others of the file may be links to one; where there are revocation lists, every certificate of the chain
 * needs one that does not name it.
 */
public final class TrustedRoots implements X509TrustManager {
    private static final int MAX_INTERMEDIATES = 10;
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private final TlsFile file;
    private final Set<TrustAnchor> roots = new HashSet<>();
    private final List<X509Certificate> certificates;
    private final @Nullable RevocationCheck revocation;

    /** Reads the file; a null list of revocation lists means that none are looked at. */
    public TrustedRoots(TlsFile file, @Nullable List<X509CRL> crls) {
        this.file = file;
        revocation = crls == null ? null : new RevocationCheck(crls);
        certificates = Certificates.read(file);
        for (X509Certificate certificate : certificates) {
            if (isRoot(certificate)) {
                roots.add(new TrustAnchor(certificate, null));
            }
        }
        if (roots.isEmpty()) {
            throw file.failure("holds no root, expected a certificate that has signed itself", null);
        }
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        X509Certificate server = chain[0];
        Validity.check("the server's certificate", server);
        checkUsage(server);
        try {
            PKIXCertPathBuilderResult found = find(server, chain, validRoots());
            RootConstraints.check(found.getCertPath(), found.getTrustAnchor().getTrustedCert());
            // In a second step, because to the finder of paths a revoked certificate is only one that leads nowhere.
            if (revocation != null) {
                revocation.check(found.getCertPath(), found.getTrustAnchor().getTrustedCert());
            }
        } catch (CertPathBuilderException noPath) {
            checkRootsTime(server, chain);
            for (X509Certificate link : chain) {
                Validity.check("the certificate of " + subject(link) + " above the server's", link);
            }
            throw new CertificateException(
                    "the server's certificate is not trusted, expected one that leads to a root in " + file.path(),
                    noPath);
        } catch (CertificateException told) {
            throw told;
        } catch (GeneralSecurityException unusable) {
            throw new CertificateException("the server's certificate cannot be checked", unusable);
        }
    }

    /** The JDK does not look at the dates of a root; where an old one was renewed, only the new one counts. */
    private Set<TrustAnchor> validRoots() throws CertificateException {
        Set<TrustAnchor> valid = new HashSet<>();
        CertificateException refusal = null;
        for (TrustAnchor root : roots) {
            try {
                checkTime(root);
                valid.add(root);
            } catch (CertificateException outOfDate) {
                refusal = outOfDate;
            }
        }
        if (valid.isEmpty() && refusal != null) {
            throw refusal;
        }
        return valid;
    }

    /** If only the time of a root is wrong, says so. */
    private void checkRootsTime(X509Certificate server, X509Certificate[] chain) throws CertificateException {
        try {
            checkTime(find(server, chain, roots).getTrustAnchor());
        } catch (CertificateException told) {
            throw told;
        } catch (GeneralSecurityException noPath) {
            // Then it is not for the roots' time.
        }
    }

    private void checkTime(TrustAnchor root) throws CertificateException {
        X509Certificate certificate = root.getTrustedCert();
        Validity.check("the root certificate of " + subject(certificate) + " in " + file.path(), certificate);
    }

    /** A path from the server's certificate up to a root; it is empty if the server's is itself a root. */
    private PKIXCertPathBuilderResult find(X509Certificate server, X509Certificate[] chain, Set<TrustAnchor> anchors)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(server);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        List<X509Certificate> links = new ArrayList<>(Arrays.asList(chain));
        links.addAll(certificates);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(links)));
        parameters.setMaxPathLength(MAX_INTERMEDIATES);
        parameters.setRevocationEnabled(false);
        return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private static String subject(X509Certificate certificate) {
        return PeerText.shown(certificate.getSubjectX500Principal().toString());
    }

    private static void checkUsage(X509Certificate server) throws CertificateException {
        List<String> purposes = server.getExtendedKeyUsage();
        boolean[] usage = server.getKeyUsage();
        boolean forServers = purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_USAGE);
        boolean forTls = usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_ENCIPHERMENT] || usage[KEY_AGREEMENT];
        if (!forServers || !forTls) {
            throw new CertificateException("the server's certificate is for another use, expected one for TLS servers");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is a client, expected no client to check");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return certificates.toArray(new X509Certificate[0]);
    }
}
