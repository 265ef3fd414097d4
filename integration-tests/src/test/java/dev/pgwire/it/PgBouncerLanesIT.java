package dev.pgwire.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements of many threads that share connections to a pooler, which gives each of them another server process. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgBouncerLanesIT {
    @Test
    void callersThatShareLanesNeverMeet() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
        Seed seed = Seed.take();
        try (PgBouncer bouncer = PgBouncer.start(TestServer.shared(), 2)) {
            PoolerLanes.share(bouncer.dsn("prepare=never"), "pgbouncer_lanes_it", seed);
        }
    }
}
