package dev.pgwire.config;

/** When statements are prepared on the server. */
public enum Prepare implements Choice {
    /** Each with its first execution, and kept for the next; the default. */
    ON_FIRST_USE("on-first-use"),
    /** Never: for poolers that give each transaction another server process and do not track statements. */
    NEVER("never");

    private final String text;

    Prepare(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
