package dev.pgwire.internal.tls.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** A server that was refused for its certificates, with these: the session of a failed handshake does not tell them. */
public final class RefusedServerException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final transient List<X509Certificate> certificates;

    RefusedServerException(X509Certificate[] certificates, CertificateException why) {
        super(why.getMessage(), why);
        this.certificates = List.of(certificates);
    }

    /** The chain that the server showed, its own first. */
    public List<X509Certificate> certificates() {
        return certificates;
    }
}
