package dev.pgwire.config;

/** A value of a keyword that knows only a few. */
interface Choice {
    /** The value as it stands in a connection string. */
    String text();
}
