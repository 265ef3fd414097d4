package dev.pgwire.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JDK has of a pool. */
class RecordingTest {
    @Test
    void waitsAndConnectsAreRecorded(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pool.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            PoolConfig config = PoolConfig.builder("dbname=test")
                    .name("recorded")
                    .minSize(1)
                    .maxSize(1)
                    .acquireTimeout(Duration.ofMillis(100))
                    .build();
            Stock<FakeConnection> stock = Stock.of(config, new FakeServer());
            try {
                // The first borrow would need more than its time where all threads are busy.
                Until.holds(() -> stock.stats().idle() == 1);
                Loan<FakeConnection> loan = stock.borrow();
                assertThrows(NoConnectionException.class, stock::borrow);
                assertTrue(loan.end());
                stock.giveBack(loan);
            } finally {
                stock.close();
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertEquals(1, ofPool(events, "pgwire.PoolConnect").size());
        RecordedEvent wait = ofPool(events, "pgwire.PoolBorrow").stream()
                .filter(event -> event.getString("failure") != null)
                .findFirst()
                .orElseThrow();
        assertTrue(wait.getDuration().toMillis() >= 100, wait.toString());
        assertTrue(wait.getString("failure").startsWith("no connection of pool recorded"), wait.toString());
    }

    private static List<RecordedEvent> ofPool(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event ->
                        event.getEventType().getName().equals(name) && "recorded".equals(event.getString("pool")))
                .toList();
    }
}
