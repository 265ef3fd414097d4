package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.socket.Listener;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose begin takes too long, whatever it waits for: to be there, for TLS, to be let in. */
final class TimeLimit implements Closeable {
    private final Duration longest;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isPassed;

    TimeLimit(Duration longest) {
        this.longest = longest;
    }

    /** The time runs from now on. */
    void guard(Closeable connection) {
        Listener.thread("pgwire-replay-limit", () -> {
            try {
                if (!over.await(TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS)) {
                    isPassed = true;
                    connection.close();
                }
            } catch (InterruptedException | IOException ended) {
                // It is closed all the same.
            }
        });
    }

    /** Why something has failed: the limit, if that has passed. */
    IOException explain(IOException failed) {
        return isPassed
                ? new IOException(
                        "the server has not let the replay in within " + longest + ", expected that it does", failed)
                : failed;
    }

    /** It has begun, or failed. */
    @Override
    public void close() {
        over.countDown();
    }
}
