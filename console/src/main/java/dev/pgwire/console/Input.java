package dev.pgwire.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, and what else a process is given.
 *
 * @param isInteractive whether a person types
 * @param environment its variables
 * @param directory where it was started
 */
record Input(InputStream stream, boolean isInteractive, Map<String, String> environment, Path directory) {

    /** With the environment and the directory of this process. */
    Input(InputStream stream, boolean isInteractive) {
        this(stream, isInteractive, System.getenv(), Path.of("").toAbsolutePath());
    }

    /** That of this process; the script that starts it knows better than Java whether there is a terminal. */
    static Input ofThisProcess() {
        @Nullable String told = System.getProperty("pgwire.interactive");
        return new Input(System.in, told != null ? Boolean.parseBoolean(told) : System.console() != null);
    }

    /** Whether a program or a file has already something to say. */
    boolean isWaiting() {
        try {
            return !isInteractive && stream.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
