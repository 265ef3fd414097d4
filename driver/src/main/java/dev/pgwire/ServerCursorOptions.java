package dev.pgwire;

import dev.pgwire.error.InterfaceException;

/**
 * How a {@link ServerCursor} is declared and read: {@code ServerCursorOptions.DEFAULT.scroll().hold()}.
 *
 * <p>It does not change; its methods give another one.
 */
public final class ServerCursorOptions {
    /** Ends with its transaction, goes backwards where the server's plan can, and is read in steps of 2000 rows. */
    public static final ServerCursorOptions DEFAULT = new ServerCursorOptions("", false, 2000);

    private final String scroll;
    private final boolean hold;
    private final int itersize;

    private ServerCursorOptions(String scroll, boolean hold, int itersize) {
        this.scroll = scroll;
        this.hold = hold;
        this.itersize = itersize;
    }

    /** Can go backwards, whatever that costs the server: {@code SCROLL}. */
    public ServerCursorOptions scroll() {
        return new ServerCursorOptions("SCROLL ", hold, itersize);
    }

    /** Never goes backwards: {@code NO SCROLL}. */
    public ServerCursorOptions noScroll() {
        return new ServerCursorOptions("NO SCROLL ", hold, itersize);
    }

    /** Outlives its transaction, for which the server keeps all of its rows: {@code WITH HOLD}. */
    public ServerCursorOptions hold() {
        return new ServerCursorOptions(scroll, true, itersize);
    }

    /**
     * Is read in other steps.
     *
     * @param rows how many are fetched at a time where rows are read one by one, as by an iteration
     * @throws InterfaceException if that is less than 1
     */
    public ServerCursorOptions itersize(int rows) {
        if (rows < 1) {
            throw new InterfaceException("itersize is " + rows + ", expected at least 1");
        }
        return new ServerCursorOptions(scroll, hold, rows);
    }

    /** What stands before CURSOR in a DECLARE, with a space behind it; empty for nothing. */
    public String clause() {
        return scroll;
    }

    /** Whether it is declared {@code SCROLL}. */
    public boolean isScrollable() {
        return scroll.startsWith("SCROLL");
    }

    /** Whether it outlives its transaction. */
    public boolean isHold() {
        return hold;
    }

    /** How many rows are fetched at a time. */
    public int itersize() {
        return itersize;
    }

    @Override
    public String toString() {
        return "ServerCursorOptions[" + scroll.toLowerCase(java.util.Locale.ROOT) + (hold ? "hold " : "") + "itersize "
                + itersize + "]";
    }
}
