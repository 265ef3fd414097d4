package dev.pgwire.console.shell;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands at this end of a COPY: a stream, or null for the script's own input or output.
 *
 * @param isSilent whether the tag of the COPY would be taken for its data
 */
public record CopyEnd(@Nullable InputStream in, @Nullable OutputStream out, boolean isSilent) {
    public static CopyEnd ofScript() {
        return new CopyEnd(null, null, false);
    }

    public static CopyEnd from(InputStream in) {
        return new CopyEnd(in, null, false);
    }

    public static CopyEnd to(OutputStream out) {
        return new CopyEnd(null, out, false);
    }

    public static CopyEnd silently(OutputStream out) {
        return new CopyEnd(null, out, true);
    }
}
