package dev.pgwire.bench.run;

import java.util.Locale;

/** How statements are sent. */
public enum Mode {
    /** As one simple Query, with the variables put into the text. */
    SIMPLE,
    /** With parameters; parsed each time. */
    EXTENDED,
    /** With parameters; parsed once for each connection. */
    PREPARED;

    /** The name on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
