package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Postgres;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements of many threads that share connections to a pooler, which reads each message before it passes it on. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgpoolLanesIT {
    @Test
    void callersThatShareLanesNeverMeet() throws Exception {
        assumeTrue(Pgpool.isInstalled(), "pgpool-II is not installed here: apt-get install pgpool2");
        Seed seed = Seed.take();
        try (Pgpool pgpool = Pgpool.start(TestServer.shared(), 8)) {
            PoolerLanes.share(pgpool.dsn("prepare=never"), "pgpool_lanes_it", seed);
        }
    }

    /** It takes a second to end a cancel request; until then nothing new is sent over the connection that was cancelled. */
    @Test
    void aLaneThatWaitsForACancelRequestIsPassedOver() throws Exception {
        assumeTrue(Pgpool.isInstalled(), "pgpool-II is not installed here: apt-get install pgpool2");
        try (Pgpool pgpool = Pgpool.start(TestServer.shared(), 8);
                Pool pool = Postgres.pool(PoolConfig.builder(pgpool.dsn(""))
                        .maxSize(3)
                        .lanes(1)
                        .deadline(Duration.ofSeconds(3))
                        .build())) {
            assertThrows(QueryCanceledException.class, () -> pool.execute("SELECT pg_sleep(600)"));
            for (int i = 0; i < 20; i++) {
                assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
            }
        }
    }
}
