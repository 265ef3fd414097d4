package dev.pgwire.internal.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final int ROOM = 64 * 1024;
    private static final int PIECE = 8 * 1024;

    private final Gathering gathering = new Gathering();

    @Test
    void nothingIsWaitedForBeforeAnythingHasCome() {
        assertFalse(gathering.isWorthIt());
    }

    @Test
    void aLongAnswerIsAllowedToGather() {
        receive(31, PIECE);
        assertFalse(gathering.isWorthIt(), "after 31 pieces");
        receive(1, PIECE);
        assertTrue(gathering.isWorthIt(), "after 32 pieces");
    }

    @Test
    void itsEndIsTheEndOfThat() {
        receive(40, PIECE);
        receive(1, 100);
        assertFalse(gathering.isWorthIt());
        receive(31, PIECE);
        assertFalse(gathering.isWorthIt());
    }

    @Test
    void whatIsThereAlreadyIsReadAtOnce() {
        receive(40, PIECE);
        receive(1, ROOM);
        assertFalse(gathering.isWorthIt());
        receive(1, PIECE);
        assertTrue(gathering.isWorthIt());
    }

    @Test
    void shortAnswersOneAfterTheOtherAreNeverWaitedFor() {
        receive(1_000, PIECE / 4);
        assertFalse(gathering.isWorthIt());
    }

    private void receive(int times, int bytes) {
        for (int i = 0; i < times; i++) {
            gathering.received(bytes, ROOM);
        }
    }
}
