package dev.pgwire.console.shell;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The data of a COPY FROM STDIN, which are the lines that follow it. */
final class CopyData {
    private static final String END = "\\.";

    private CopyData() {}

    /** Drops them, when the COPY could not be begun: they are no statements. */
    static void skip(Script.@Nullable Lines lines) {
        try {
            if (lines instanceof FileLines file) {
                byte[] line = file.data();
                while (line != null && !END.equals(new String(line, java.nio.charset.StandardCharsets.UTF_8))) {
                    line = file.data();
                }
            }
        } catch (IOException e) {
            // The next line cannot be read either, which is told then.
            return;
        }
    }
}
