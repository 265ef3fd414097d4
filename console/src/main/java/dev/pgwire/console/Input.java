package dev.pgwire.console;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, and what stands at the other end of it.
 *
 * @param isInteractive whether a person types
 */
record Input(InputStream stream, boolean isInteractive) {

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
