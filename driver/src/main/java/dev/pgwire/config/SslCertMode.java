package dev.pgwire.config;

/** Whether a certificate of the client is sent. */
public enum SslCertMode implements Choice {
    /** Never. */
    DISABLE("disable"),
    /** If the server asks for one and there is one; the default. */
    ALLOW("allow"),
    /** The server must ask for one. */
    REQUIRE("require");

    private final String text;

    SslCertMode(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
