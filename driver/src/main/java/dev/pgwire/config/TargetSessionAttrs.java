package dev.pgwire.config;

/** What a session must be like for a server to be chosen. */
public enum TargetSessionAttrs implements Choice {
    /** Any is acceptable. */
    ANY("any"),
    /** Transactions can write by default. */
    READ_WRITE("read-write"),
    /** Transactions cannot write by default. */
    READ_ONLY("read-only"),
    /** The server is not in recovery. */
    PRIMARY("primary"),
    /** The server is in recovery. */
    STANDBY("standby"),
    /** A standby if there is one among the hosts, else any. */
    PREFER_STANDBY("prefer-standby");

    private final String text;

    TargetSessionAttrs(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
