package dev.pgwire.internal.tls.trust;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/** Whether a certificate is valid at this time. */
final class Validity {
    private Validity() {}

    /** Refuses a certificate before and after its time; the message calls it what it is. */
    static void check(String what, X509Certificate certificate) throws CertificateException {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw new CertificateException(
                    what + " expired on " + certificate.getNotAfter().toInstant() + ", expected one that is valid now",
                    expired);
        } catch (CertificateNotYetValidException early) {
            throw new CertificateException(
                    what + " is valid from " + certificate.getNotBefore().toInstant()
                            + ", expected one that is valid now",
                    early);
        }
    }
}
