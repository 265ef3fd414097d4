package dev.pgwire.config;

/** A version of TLS. */
public enum TlsVersion implements Choice {
    /** TLS 1.0. */
    TLS_1_0("TLSv1"),
    /** TLS 1.1. */
    TLS_1_1("TLSv1.1"),
    /** TLS 1.2. */
    TLS_1_2("TLSv1.2"),
    /** TLS 1.3. */
    TLS_1_3("TLSv1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
