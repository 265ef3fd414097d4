package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.config.LoadBalanceHosts;
import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool for reads is made with; no server is needed, since no connection is borrowed. */
class ReadsTest {
    private static final String SEVERAL = "host=a,b user=ada dbname=shop target_session_attrs=read-write";

    @Test
    void itsConnectionsAreSpreadOverStandbysAndReadOnly() {
        Config connection =
                Reads.configOf(PoolConfig.builder(SEVERAL).name("shop").build()).connection();
        assertEquals(TargetSessionAttrs.PREFER_STANDBY, connection.targetSessionAttrs());
        assertEquals(LoadBalanceHosts.RANDOM, connection.loadBalanceHosts());
        assertEquals("-c default_transaction_read_only=on", connection.options());
        assertEquals(Config.parse(SEVERAL).hosts(), connection.hosts());
    }

    @Test
    void optionsOfTheProgramAreKept() {
        assertEquals(
                "-c geqo=off -c default_transaction_read_only=on",
                Reads.configOf(PoolConfig.of(SEVERAL + " options='-c geqo=off'"))
                        .connection()
                        .options());
        assertEquals(
                "-c default_transaction_read_only=off",
                Reads.configOf(PoolConfig.of(SEVERAL + " options='-c default_transaction_read_only=off'"))
                        .connection()
                        .options());
    }

    @Test
    void itHasTheOptionsOfItsPoolWithinItsOwnBounds() {
        PoolConfig shared = PoolConfig.builder(SEVERAL)
                .name("shop")
                .maxSize(8)
                .minSize(4)
                .lanes(6)
                .maxLag(Duration.ofSeconds(3))
                .build();
        PoolConfig reads = Reads.configOf(shared);
        assertEquals("shop-reads", reads.name());
        assertEquals(8, reads.maxSize());
        assertEquals(6, reads.lanes());
        assertEquals(4, reads.minSize());
        assertEquals(Duration.ofSeconds(3), reads.maxLag());
        assertEquals(Duration.ofMinutes(5), reads.maxLifetime());

        PoolConfig few = Reads.configOf(shared.toBuilder()
                .maxReaders(2)
                .maxLifetime(Duration.ofMinutes(1))
                .build());
        assertEquals(2, few.maxSize());
        assertEquals(2, few.minSize());
        assertEquals(1, few.lanes());
        assertEquals(Duration.ofMinutes(1), few.maxLifetime());
        assertEquals(
                0,
                Reads.configOf(shared.toBuilder().validateAfter(Duration.ZERO).build())
                        .lanes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "read-only", "standby", "prefer-standby"})
    void withSeveralHostsWritesMustFindThePrimary(String role) {
        try (Pool pool = Postgres.pool("host=a,b target_session_attrs=" + role)) {
            InterfaceException failure = assertThrows(InterfaceException.class, pool::reads);
            assertTrue(
                    failure.getMessage().contains("expected target_session_attrs=primary or read-write"),
                    failure.getMessage());
        }
    }

    @Test
    void aSingleHostServesBoth() {
        try (Pool pool = Postgres.pool("host=a")) {
            assertEquals(
                    TargetSessionAttrs.ANY, pool.reads().config().connection().targetSessionAttrs());
        }
    }

    @Test
    void thereIsOnePoolForReadsAndItIsItsOwn() {
        try (Pool pool = Postgres.pool(SEVERAL)) {
            Pool reads = pool.reads();
            assertSame(reads, pool.reads());
            assertSame(reads, reads.reads());
            reads.close();
            assertFalse(pool.isClosed());
            assertSame(reads, pool.reads());
            assertThrows(InterfaceException.class, pool.reads()::connection);
        }
    }

    @Test
    void itIsClosedAndDrainedWithItsPool() {
        Pool pool = Postgres.pool(SEVERAL);
        Pool reads = pool.reads();
        pool.close();
        assertTrue(reads.isClosed());

        Pool other = Postgres.pool(SEVERAL);
        Pool drained = other.reads();
        assertTrue(other.drain(Duration.ofSeconds(1)));
        assertTrue(drained.isClosed());
    }

    @Test
    void aClosedPoolMakesNoneForReads() {
        Pool pool = Postgres.pool(SEVERAL);
        pool.close();
        assertThrows(InterfaceException.class, pool::reads);
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThrows(
                InterfaceException.class,
                () -> PoolConfig.builder(SEVERAL).maxReaders(0).build());
        assertThrows(
                InterfaceException.class,
                () -> PoolConfig.builder(SEVERAL).maxLag(Duration.ZERO).build());
    }
}
