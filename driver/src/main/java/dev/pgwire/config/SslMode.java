package dev.pgwire.config;

/** How much of TLS is asked for (PostgreSQL manual, 32.19.3 Protection Provided in Different Modes). */
public enum SslMode implements Choice {
    /** Never TLS. */
    DISABLE("disable"),
    /** TLS only where the server refuses a connection without. */
    ALLOW("allow"),
    /** TLS where the server has it; the default. */
    PREFER("prefer"),
    /** Always TLS; the server's certificate is checked only if there is a file of root certificates. */
    REQUIRE("require"),
    /** Always TLS, with a certificate that a trusted authority has signed. */
    VERIFY_CA("verify-ca"),
    /** Always TLS, with a trusted certificate that names the host. */
    VERIFY_FULL("verify-full");

    private final String text;

    SslMode(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
