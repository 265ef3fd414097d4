package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tid, Lsn and Snapshot. */
class SystemValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "1/0"})
    void aLogPositionIsReadAsItIsWritten(String text) {
        assertEquals(text, Lsn.parse(text).toString());
        assertEquals(text, Lsn.parse(text.toLowerCase(java.util.Locale.ROOT)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "1/", "/1", "1", "1/2/3", "123456789/0", "0/123456789", "1/g", "-1/0", " 1/0"})
    void whatIsNoLogPositionIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Lsn.parse(text));
    }

    @Test
    void logPositionsHaveNoSign() {
        Lsn high = Lsn.parse("FFFFFFFF/0");
        Lsn low = Lsn.parse("1/0");
        assertTrue(high.compareTo(low) > 0);
        assertEquals(0x1_0000_0000L, low.minus(new Lsn(0)));
    }

    @Test
    void aPlaceIsWithinItsNumbers() {
        assertEquals("(0,1)", new Tid(0, 1).toString());
        assertTrue(new Tid(1, 1).compareTo(new Tid(0, 2)) > 0);
        assertTrue(new Tid(1, 1).compareTo(new Tid(1, 2)) < 0);
        assertThrows(IllegalArgumentException.class, () -> new Tid(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Tid(4294967296L, 0));
        assertThrows(IllegalArgumentException.class, () -> new Tid(0, 65536));
    }

    @Test
    void aSnapshotKnowsWhichTransactionsWereOver() {
        Snapshot snapshot = new Snapshot(10, 20, List.of(10L, 14L));
        assertEquals("10:20:10,14", snapshot.toString());
        assertTrue(snapshot.isOver(9));
        assertFalse(snapshot.isOver(10));
        assertTrue(snapshot.isOver(11));
        assertFalse(snapshot.isOver(14));
        assertTrue(snapshot.isOver(19));
        assertFalse(snapshot.isOver(20));
    }

    @Test
    void aSnapshotIsInOrder() {
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(0, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(2, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(1, 5, List.of(3L, 2L)));
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(1, 5, List.of(3L, 3L)));
        assertThrows(IllegalArgumentException.class, () -> new Snapshot(1, 5, List.of(5L)));
        List<Long> running = new ArrayList<>(List.of(2L));
        Snapshot copied = new Snapshot(1, 5, running);
        running.clear();
        assertEquals(List.of(2L), copied.running());
    }
}
