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
 * @param seesErrors whether standard error is that person's terminal
 * @param terminal where a person is asked who does not type at standard input; null for none
 * @param environment its variables
 * @param directory where it was started
 */
record Input(
        InputStream stream,
        boolean isInteractive,
        boolean seesErrors,
        @Nullable Path terminal,
        Map<String, String> environment,
        Path directory) {
    private static final Path TERMINAL = Path.of("/dev/tty");

    /** With the environment and the directory of this process, and without its terminal. */
    Input(InputStream stream, boolean isInteractive) {
        this(stream, isInteractive, false, null, System.getenv(), Path.of("").toAbsolutePath());
    }

    /** That of this process; the script that starts it knows better than Java whether there is a terminal. */
    static Input ofThisProcess() {
        @Nullable String told = System.getProperty("pgwire.interactive");
        boolean typed = told != null ? Boolean.parseBoolean(told) : System.console() != null;
        return new Input(
                System.in,
                typed,
                Boolean.getBoolean("pgwire.errors.seen"),
                TERMINAL,
                System.getenv(),
                Path.of("").toAbsolutePath());
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
