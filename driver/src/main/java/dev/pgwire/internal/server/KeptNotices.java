package dev.pgwire.internal.server;

import dev.pgwire.protocol.Diagnostic;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The last notices, within bounds: the SQL that runs decides how many there are, and how long. */
final class KeptNotices {
    private static final int MOST = 50;
    private static final long MOST_BYTES = 1024 * 1024;

    private final ConcurrentLinkedDeque<Diagnostic> notices = new ConcurrentLinkedDeque<>();
    /** What those that are kept took on the wire; only the thread that drives the connection looks at it. */
    private long bytes;

    /** Keeps a notice, and forgets the oldest ones for it; one that is too long by itself is not kept. */
    void add(Diagnostic notice) {
        long length = notice.encodedLength();
        if (length > MOST_BYTES) {
            return;
        }
        notices.add(notice);
        bytes += length;
        while (bytes > MOST_BYTES || notices.size() > MOST) {
            bytes -= notices.remove().encodedLength();
        }
    }

    void clear() {
        notices.clear();
        bytes = 0;
    }

    /** Those that are kept, the oldest first. */
    List<Diagnostic> toList() {
        return List.copyOf(notices);
    }
}
