package dev.pgwire.internal.cancel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.QueryCanceledException.Reason;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.cancel.CancelPolicy.Action;
import dev.pgwire.internal.net.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is done when, told by times alone: the deadline is 10 s, the grace 2 s, unless a test says otherwise. */
class CancelPolicyTest {
    private static final long START = 1_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_PAUSE = SECOND / 10;

    private final CancelPolicy policy = new CancelPolicy(Duration.ofSeconds(2));

    private static long at(double seconds) {
        return START + (long) (seconds * SECOND);
    }

    private static Deadline deadline() {
        return Deadline.of(Duration.ofSeconds(10));
    }

    private void waitsWithDeadline() {
        policy.begin(deadline());
        policy.resume(at(0));
    }

    private static QueryCanceledException canceled(String message) {
        return (QueryCanceledException)
                ServerErrors.of(Messages.error(SqlState.QUERY_CANCELED, message).diagnostic(), null);
    }

    @Test
    void withoutADeadlineNothingEverExpires() {
        policy.begin(null);
        policy.resume(at(0));
        assertFalse(policy.isTimed());
        assertEquals(Wait.NEVER, policy.until());
        assertEquals(Wait.NEVER, policy.untilUnwanted());
        assertEquals(Action.NOTHING, policy.expired(at(1_000)));
        assertFalse(policy.isTimeToGiveUp(at(1_000)));
    }

    @Test
    void aDeadlineThatPassesAsksForACancelAndItsGraceForTheEnd() {
        waitsWithDeadline();
        assertTrue(policy.isTimed());
        assertEquals(at(10), policy.until());
        assertEquals(Action.NOTHING, policy.expired(at(9.9)));
        assertEquals(Action.CANCEL, policy.expired(at(10)));
        assertFalse(policy.isTimeToGiveUp(at(11.9)));
        assertEquals(at(12), policy.until());
        assertTrue(policy.isTimeToGiveUp(at(12)));
        assertEquals(Action.GIVE_UP, policy.expired(at(12)));
        assertTrue(policy.givenUp().getMessage().contains("2 s after its deadline of 10 s had passed"));
    }

    @Test
    void theGraceBeginsWhenTheDeadlineIsSeenToHavePassed() {
        waitsWithDeadline();
        assertEquals(Action.CANCEL, policy.expired(at(15)));
        assertEquals(at(17), policy.until());
    }

    @Test
    void aDeadlineRunsOnlyWhileAnAnswerIsWaitedFor() {
        waitsWithDeadline();
        policy.pause(at(4));
        policy.resume(at(100));
        assertEquals(at(106), policy.until());
        policy.pause(at(105));
        policy.resume(at(200));
        assertEquals(at(201), policy.until());
    }

    @Test
    void aRequestIsRepeatedAfterPausesThatDouble() {
        waitsWithDeadline();
        policy.expired(at(10));
        long now = at(10);
        for (long pause = FIRST_PAUSE; pause < SECOND / 2; pause *= 2) {
            policy.requested(now);
            assertEquals(now + pause, policy.until());
            assertEquals(Action.NOTHING, policy.expired(now + pause - 1));
            now += pause;
            assertEquals(Action.CANCEL, policy.expired(now));
        }
    }

    @Test
    void thePauseBetweenRequestsIsAtMostTenSeconds() {
        CancelPolicy patient = new CancelPolicy(Duration.ofHours(1));
        patient.begin(null);
        patient.interrupted(at(0));
        for (int i = 0; i < 20; i++) {
            patient.requested(at(i));
        }
        assertEquals(at(19 + 10), patient.until());
    }

    @Test
    void aStatementThatWasCancelledIsCancelledAgainInItsNextWait() {
        waitsWithDeadline();
        policy.expired(at(10));
        policy.requested(at(10));
        policy.pause(at(10.05));
        policy.resume(at(11));
        assertEquals(at(10.1), policy.until());
        assertEquals(Action.CANCEL, policy.expired(at(11)));
    }

    @Test
    void anInterruptAsksForACancelAndItsGraceForTheEnd() {
        policy.begin(null);
        policy.resume(at(0));
        assertEquals(Action.CANCEL, policy.interrupted(at(1)));
        policy.requested(at(1));
        assertEquals(at(1) + FIRST_PAUSE, policy.until());
        assertEquals(Action.CANCEL, policy.expired(at(1) + FIRST_PAUSE));
        assertEquals(Action.GIVE_UP, policy.expired(at(3)));
        assertTrue(policy.givenUp().getMessage().contains("2 s after the thread that waits for it was interrupted"));
    }

    @Test
    void aSecondInterruptDoesNotProlongTheGrace() {
        policy.begin(null);
        policy.interrupted(at(1));
        policy.interrupted(at(2));
        assertEquals(at(3), policy.until());
    }

    @Test
    void theEndOfTheWaitEndsWhatAnInterruptHasBegun() {
        policy.begin(null);
        policy.resume(at(0));
        policy.interrupted(at(1));
        policy.requested(at(1));
        policy.pause(at(1.5));
        assertEquals(Wait.NEVER, policy.until());
        policy.interrupted(at(2));
        policy.requested(at(2));
        assertEquals(at(2) + FIRST_PAUSE, policy.until());
    }

    @Test
    void whatMustNotBeCancelledIsGivenUpWhenTheGraceIsOver() {
        policy.beginUncancelled("SAVEPOINT", deadline());
        policy.resume(at(0));
        assertEquals(at(12), policy.until());
        assertEquals(Action.NOTHING, policy.expired(at(11)));
        assertEquals(Action.GIVE_UP, policy.expired(at(12)));
        assertEquals(SqlState.TRANSACTION_RESOLUTION_UNKNOWN, policy.givenUp().sqlState());
        assertTrue(policy.givenUp().getMessage().startsWith("the outcome of SAVEPOINT is unknown"));
    }

    @Test
    void anInterruptOfWhatMustNotBeCancelledOnlyLetsItsGraceRun() {
        policy.beginUncancelled("COMMIT", null);
        policy.resume(at(0));
        assertEquals(Action.NOTHING, policy.interrupted(at(1)));
        assertEquals(at(3), policy.until());
        assertEquals(Action.GIVE_UP, policy.expired(at(3)));
    }

    @Test
    void whatIsInterruptedOrLateIsNotSent() {
        policy.begin(null);
        policy.checkWanted(false);
        assertEquals(
                Reason.INTERRUPT,
                assertThrows(QueryCanceledException.class, () -> policy.checkWanted(true))
                        .reason());
        waitsWithDeadline();
        assertEquals(at(10), policy.untilUnwanted());
        policy.pause(at(9));
        policy.checkWanted(false);
        policy.resume(at(20));
        policy.pause(at(21));
        assertEquals(
                Reason.DEADLINE,
                assertThrows(QueryCanceledException.class, () -> policy.checkWanted(false))
                        .reason());
    }

    @Test
    void whatEndsATransactionIsSentWhateverHasHappened() {
        policy.beginEnding("ROLLBACK", deadline());
        policy.resume(at(0));
        policy.pause(at(20));
        assertTrue(policy.isUnconditional());
        assertEquals(Wait.NEVER, policy.untilUnwanted());
        assertDoesNotThrow(() -> policy.checkWanted(true));
    }

    @Test
    void aNewStatementKnowsNothingOfTheLastOne() {
        waitsWithDeadline();
        policy.expired(at(10));
        policy.requested(at(10));
        policy.interrupted(at(10));
        policy.begin(null);
        assertEquals(Wait.NEVER, policy.until());
        QueryCanceledException failure = canceled("canceling statement due to user request");
        assertSame(failure, policy.explain(failure, false));
        assertEquals(Reason.CANCEL_REQUEST, policy.cancelled().reason());
    }

    @Test
    void aFailureIsExplainedByTheDeadlineThatHasPassed() {
        waitsWithDeadline();
        policy.expired(at(10));
        QueryCanceledException failure = canceled("canceling statement due to user request");
        QueryCanceledException explained =
                assertInstanceOf(QueryCanceledException.class, policy.explain(failure, false));
        assertEquals(Reason.DEADLINE, explained.reason());
        assertSame(failure, explained.getCause());
        assertEquals(Reason.DEADLINE, policy.cancelled().reason());
    }

    @Test
    void aFailureIsExplainedByTheInterruptOrTheRequestOfAnother() {
        policy.begin(null);
        QueryCanceledException asked = canceled("canceling statement due to user request");
        assertSame(asked, policy.explain(asked, true));
        assertEquals(Reason.CANCEL_REQUEST, asked.reason());
        policy.interrupted(at(1));
        QueryCanceledException interrupted = canceled("canceling statement due to user request");
        assertSame(interrupted, policy.explain(interrupted, false));
        assertEquals(Reason.INTERRUPT, interrupted.reason());
        assertEquals(Reason.INTERRUPT, policy.cancelled().reason());
    }

    @Test
    void theServersOwnTimeoutIsNoCancelOfOurs() {
        waitsWithDeadline();
        policy.expired(at(10));
        QueryCanceledException timeout = canceled("canceling statement due to statement timeout");
        assertSame(timeout, policy.explain(timeout, true));
        assertEquals(Reason.STATEMENT_TIMEOUT, timeout.reason());
    }

    @Test
    void timesMayRunOverTheEndOfALong() {
        policy.begin(deadline());
        policy.resume(Long.MAX_VALUE - SECOND);
        assertEquals(Action.NOTHING, policy.expired(Long.MAX_VALUE));
        assertEquals(Action.CANCEL, policy.expired(Long.MIN_VALUE + 9 * SECOND));
    }
}
