package dev.pgwire.console.copy;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands at this end of a COPY: a stream, or null for the script's own input or output.
 *
 * @param isSilent whether the tag of the COPY would be taken for its data
 * @param size of the data in bytes; negative if that is not known
 */
public record CopyEnd(@Nullable InputStream in, @Nullable OutputStream out, boolean isSilent, long size) {
    /** As the size of what a program prints is. */
    public static final long UNKNOWN = -1;

    public static CopyEnd ofScript() {
        return new CopyEnd(null, null, false, UNKNOWN);
    }

    public static CopyEnd from(InputStream in, long size) {
        return new CopyEnd(in, null, false, size);
    }

    public static CopyEnd to(OutputStream out) {
        return new CopyEnd(null, out, false, UNKNOWN);
    }

    public static CopyEnd silently(OutputStream out) {
        return new CopyEnd(null, out, true, UNKNOWN);
    }
}
