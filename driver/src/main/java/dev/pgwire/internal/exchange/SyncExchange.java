package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ReadyForQuery;

/**
 * Sync: the end of a segment of the extended protocol, and the place where its implicit transaction commits. It fails
 * with the first error of the segment, or with the one that the commit itself raised.
 */
public final class SyncExchange extends SegmentExchange {
    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery) {
            return finish();
        }
        throw unexpected(message);
    }
}
