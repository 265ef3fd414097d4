package dev.pgwire.config;

/** Whether a connection is encrypted by GSSAPI. */
public enum GssEncMode implements Choice {
    /** Never. */
    DISABLE("disable"),
    /** If there are credentials for it. */
    PREFER("prefer"),
    /** Always. */
    REQUIRE("require");

    private final String text;

    GssEncMode(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
