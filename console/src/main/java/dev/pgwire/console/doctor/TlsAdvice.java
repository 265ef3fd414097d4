package dev.pgwire.console.doctor;

import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.SslNegotiation;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Which setting to change when encryption was not agreed on. */
final class TlsAdvice {
    private final Advice advice;

    TlsAdvice(Advice advice) {
        this.advice = advice;
    }

    String on(ConnectStep.Failed failed) {
        List<X509Certificate> chain = failed.certificates();
        String message = String.valueOf(failed.failure().getMessage());
        if (!chain.isEmpty()) {
            return onCertificate(chain, failed.failure(), message);
        }
        if (message.contains("does not offer TLS")) {
            return advice.named("sslmode")
                    + ": set ssl=on in the server; prefer and disable do without, and any machine on the way can read along";
        }
        if (message.contains("root certificate file")) {
            return advice.named("sslrootcert")
                    + ": name the file with the root certificate that the server's leads to, or system for those that this"
                    + " JVM trusts";
        }
        if (advice.config().sslNegotiation() == SslNegotiation.DIRECT) {
            return advice.named("sslnegotiation")
                    + ": servers know direct TLS since PostgreSQL 17: try sslnegotiation=postgres";
        }
        if (message.contains("protocol_version") || message.contains("No appropriate protocol")) {
            return advice.named("ssl_min_protocol_version")
                    + ", ssl_max_protocol_version: there is no version of TLS that both sides speak; the server has"
                    + " settings of the same names";
        }
        return advice.onAnythingElse(failed.failure());
    }

    private String onCertificate(List<X509Certificate> chain, Throwable failure, String message) {
        X509Certificate server = chain.get(0);
        if (has(failure, CertificateExpiredException.class)) {
            return "the server's ssl_cert_file: renew its certificate, which was valid until "
                    + CertificateText.date(server.getNotAfter()) + "; or set the clock of this machine";
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return "the clock of this machine: set it; the server's certificate is valid from "
                    + CertificateText.date(server.getNotBefore());
        }
        if (message.contains("expected one for the host")) {
            return advice.named("host") + ": use a name of the certificate (" + CertificateText.names(server)
                    + "), with the address in hostaddr if need be; sslmode=verify-ca does not look at the name";
        }
        if (message.contains("revoked") || message.contains("revocation")) {
            return advice.named("sslcrl")
                    + ", sslcrldir: the server needs another certificate, or the list a newer copy";
        }
        if (has(failure, CertPathBuilderException.class) || has(failure, CertPathValidatorException.class)) {
            X509Certificate last = chain.get(chain.size() - 1);
            return advice.named("sslrootcert") + ": name a file with the certificate of "
                    + CertificateText.name(last.getIssuerX500Principal())
                    + ", which issued the server's, if that is who you trust";
        }
        return "the server's ssl_cert_file: it needs another certificate; " + advice.named("sslmode")
                + " says how much of it is looked at";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
