package dev.pgwire.internal.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutstandingTest {
    private static final Message READY = new ReadyForQuery(TransactionStatus.IDLE);
    private static final Message ERROR = new ErrorResponse(
            Diagnostic.builder().field('S', "ERROR").field('C', "42601").build());
    private static final Message COPY_IN = new CopyInResponse(Format.TEXT, List.of());

    private final Outstanding outstanding = new Outstanding();

    private void sent(String tags) {
        for (char tag : tags.toCharArray()) {
            outstanding.sent((byte) tag);
        }
    }

    private void came(Message... messages) {
        for (Message message : messages) {
            outstanding.came(message);
        }
    }

    @Test
    void eachReadyForQueryAnswersOneRequest() {
        sent("QPBESS");
        came(READY, Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, new CommandComplete("SELECT 1"), READY);
        assertFalse(outstanding.isQuiet());
        came(READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void withoutASyncItIsNeverQuiet() {
        sent("PH");
        came(Signal.PARSE_COMPLETE);
        assertFalse(outstanding.isQuiet());
        assertTrue(outstanding.needsSync());
        sent("S");
        assertFalse(outstanding.needsSync());
        came(READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void anErrorSkipsToTheNextSync() {
        sent("PBQ");
        came(ERROR);
        assertTrue(outstanding.needsSync());
        sent("QS");
        came(READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void anErrorOfAQuerySkipsNothing() {
        sent("QQ");
        came(ERROR, READY);
        assertFalse(outstanding.isQuiet());
        assertFalse(outstanding.needsSync());
        came(READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void aSyncIsIgnoredWhileDataIsAwaited() {
        sent("PBES");
        came(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, COPY_IN);
        assertTrue(outstanding.isCopying());
        assertTrue(outstanding.needsSync());
        sent("ddcS");
        came(new CommandComplete("COPY 2"), READY);
        assertTrue(outstanding.isQuiet());
        assertFalse(outstanding.needsBarrier());
    }

    @Test
    void whetherAFailedCopyHasIgnoredASyncIsToldByABarrier() {
        sent("PBES");
        came(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, COPY_IN);
        sent("ddfS");
        came(ERROR, READY);
        assertFalse(outstanding.isQuiet());
        assertTrue(outstanding.needsBarrier());
        assertEquals(1, outstanding.barrier());
        sent("fSCS");
        came(READY, READY);
        assertFalse(outstanding.isQuiet());
        came(Signal.CLOSE_COMPLETE, READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void whateverIsSentToACopyThatHasFailedMeanwhileMayBeAnswered() {
        sent("Q");
        came(COPY_IN);
        sent("P");
        came(ERROR, READY);
        assertFalse(outstanding.isQuiet());
        assertTrue(outstanding.needsBarrier());
    }

    @Test
    void aBarrierHasMoreClosesThanThereAreBeforeIt() {
        sent("ESCS");
        came(COPY_IN, ERROR);
        assertEquals(2, outstanding.barrier());
        sent("fSCCS");
        came(READY, Signal.CLOSE_COMPLETE, READY, READY);
        assertFalse(outstanding.isQuiet());
        came(Signal.CLOSE_COMPLETE, Signal.CLOSE_COMPLETE, READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void aReadyForQueryThatNothingAskedForEndsWhatWasOpen() {
        sent("PBES");
        came(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, COPY_IN, ERROR);
        assertTrue(outstanding.needsSync());
        came(READY);
        assertFalse(outstanding.needsSync());
    }

    @Test
    void dataThatWasSentAheadEndsItsCopy() {
        sent("Qddc");
        came(COPY_IN);
        assertFalse(outstanding.isCopying());
        came(new CommandComplete("COPY 2"), READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void theEndOfDataThatNoCopyWaitsForIsIgnored() {
        sent("cf");
        assertTrue(outstanding.isQuiet());
        sent("Qc");
        came(ERROR, READY);
        assertTrue(outstanding.isQuiet());
    }

    @Test
    void replicationAndTerminateAreBeyondHelp() {
        sent("Q");
        came(new CopyBothResponse(Format.TEXT, List.of()));
        assertTrue(outstanding.isBeyondHelp());
        Outstanding other = new Outstanding();
        other.sent((byte) 'X');
        assertTrue(other.isBeyondHelp());
    }
}
