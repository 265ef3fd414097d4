package dev.pgwire.config;

/** In which order hosts and their addresses are tried. */
public enum LoadBalanceHosts implements Choice {
    /** As they are given. */
    DISABLE("disable"),
    /** In a random order. */
    RANDOM("random");

    private final String text;

    LoadBalanceHosts(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
