package dev.pgwire.config;

/** Whether SCRAM is bound to the TLS channel it runs through. */
public enum ChannelBinding implements Choice {
    /** Never. */
    DISABLE("disable"),
    /** If the server offers it; the default. */
    PREFER("prefer"),
    /** Always: the server must prove that it is the one that TLS was agreed with. */
    REQUIRE("require");

    private final String text;

    ChannelBinding(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
