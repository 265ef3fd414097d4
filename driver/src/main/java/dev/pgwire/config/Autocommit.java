package dev.pgwire.config;

/** Whether each statement commits by itself, as a connection string says it. */
enum Autocommit implements Choice {
    ON("on"),
    OFF("off");

    private final String text;

    Autocommit(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
