package dev.pgwire.console.shell;

import java.io.IOException;

/** The backslash commands. */
@FunctionalInterface
public interface CommandSet {
    /**
     * Runs one, and tells what was wrong with it.
     *
     * @throws IOException if the output cannot be written
     */
    Call.Outcome run(Call call) throws IOException;
}
