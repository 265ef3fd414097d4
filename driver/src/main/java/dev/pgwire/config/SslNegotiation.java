package dev.pgwire.config;

/** How TLS is begun (PostgreSQL manual, 32.1.2 Parameter Key Words). */
public enum SslNegotiation implements Choice {
    /** The server is asked by an SSLRequest first. */
    POSTGRES("postgres"),
    /** With the first byte, which saves a round trip; servers know it since PostgreSQL 17. */
    DIRECT("direct");

    private final String text;

    SslNegotiation(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
