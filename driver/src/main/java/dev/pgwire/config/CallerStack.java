package dev.pgwire.config;

/** Whether the failure of a statement that was not waited for tells where it was asked for. */
public enum CallerStack implements Choice {
    /** It has the stack of the thread that asked, which costs about a microsecond for each statement; the default. */
    ON("on"),
    /** It has the stack of the event loop. */
    OFF("off");

    private final String text;

    CallerStack(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
