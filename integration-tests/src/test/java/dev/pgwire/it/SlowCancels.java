package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network before a server that passes the first connection on at once, and holds up what comes over the others, the cancel
 * requests: most of them, for a random time.
 */
final class SlowCancels implements AutoCloseable {
    private static final int LONGEST_NANOS = 2_000_000;

    private final TestServer server;
    private final Random random;
    private final Map<Line, Duration> delays = new ConcurrentHashMap<>();
    private final Proxy proxy;

    SlowCancels(TestServer server, Random random) {
        this.server = server;
        this.random = random;
        proxy = Proxy.before(server.host(), server.port())
                .start((frame, line) -> Fate.pass().after(delays.computeIfAbsent(line, this::delay)));
    }

    private Duration delay(Line line) {
        boolean passes = line.number() == 1 || random.nextInt(4) == 0;
        return passes ? Duration.ZERO : Duration.ofNanos(random.nextInt(LONGEST_NANOS));
    }

    String dsn() {
        return server.dsn("host=127.0.0.1 port=" + proxy.port());
    }

    /** How many cancel requests have got as far as here. */
    int cancels() {
        return Math.max(0, proxy.lines().size() - 1);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
