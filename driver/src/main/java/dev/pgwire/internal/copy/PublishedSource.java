package dev.pgwire.internal.copy;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Data that a publisher gives, one buffer at a time. It is subscribed to when data is first asked for. What it gives may come on any
 * thread; it is read on that of the event loop.
 */
public final class PublishedSource implements ByteSource, Flow.Subscriber<ByteBuffer> {
    private final Flow.Publisher<ByteBuffer> publisher;
    private final Runnable wake;
    private boolean begun;
    /** Null before the publisher has answered, and when it is to give nothing more. */
    private volatile Flow.@Nullable Subscription subscription;

    private volatile @Nullable ByteBuffer buffer;
    private volatile boolean complete;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * A source.
     *
     * @param wake has the driver look again whether it is ready; called by any thread
     */
    public PublishedSource(Flow.Publisher<ByteBuffer> publisher, Runnable wake) {
        this.publisher = publisher;
        this.wake = wake;
    }

    @Override
    public boolean isReady() {
        if (!begun) {
            begun = true;
            try {
                publisher.subscribe(this);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
        }
        return buffer != null || complete || failure != null;
    }

    @Override
    public int read(byte[] into) throws Exception {
        ByteBuffer data = buffer;
        if (data != null) {
            int length = Math.min(into.length, data.remaining());
            data.get(into, 0, length);
            if (!data.hasRemaining()) {
                buffer = null;
                request();
            }
            return length;
        }
        Throwable why = failure;
        if (why instanceof Error error) {
            throw error;
        } else if (why != null) {
            throw (Exception) why;
        }
        return -1;
    }

    private void request() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription open = subscription;
        subscription = null;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        if (subscription != null || closed) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer next) {
        Objects.requireNonNull(next, "buffer");
        if (!next.hasRemaining()) {
            request();
        } else if (!closed) {
            buffer = next.duplicate();
            wake.run();
        }
    }

    @Override
    public void onError(Throwable why) {
        Objects.requireNonNull(why, "failure");
        subscription = null;
        failure = why instanceof Error || why instanceof Exception ? why : new IllegalStateException(why);
        wake.run();
    }

    @Override
    public void onComplete() {
        subscription = null;
        complete = true;
        wake.run();
    }
}
