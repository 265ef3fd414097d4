package dev.pgwire.console.shell;

import java.io.IOException;
import java.util.List;

/** The backslash commands. */
@FunctionalInterface
public interface CommandSet {
    /**
     * Runs one, and tells what was wrong with it.
     *
     * @throws IOException if the output cannot be written
     */
    Call.Outcome run(Call call) throws IOException;

    /** Their names. */
    default List<String> names() {
        return List.of();
    }

    /** The words of which one may stand behind a command; none if it takes others. */
    default List<String> words(String name) {
        return List.of();
    }
}
