package dev.pgwire.internal.auth;

import static dev.pgwire.fixture.Messages.READY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.RecordedEvents;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionNegotiationTest {
    private static final ProtocolVersion V3_0 = ProtocolVersion.V3_0;
    private static final ProtocolVersion V3_2 = ProtocolVersion.V3_2;
    private static final ProtocolVersion GREASE = new ProtocolVersion(3, 9999);

    private final Conversation conversation = new Conversation(new RecordedEvents());

    private StartupExchange start(ProtocolVersion requested, ProtocolVersion oldest) {
        StartupExchange startup = new StartupExchange(requested, oldest);
        conversation.add(startup);
        return startup;
    }

    private void offer(int code, String... options) {
        conversation.receive(new NegotiateProtocolVersion(code, List.of(options)));
    }

    private void letIn() {
        conversation.receive(Authentication.Request.OK);
    }

    @Test
    void anOptionThatWasAskedForMayBeUnknown() {
        StartupExchange startup = new StartupExchange(GREASE, V3_0, Set.of("_pq_.mine"));
        startup.receive(new NegotiateProtocolVersion(V3_2.code(), List.of("_pq_.mine")));
        assertEquals(V3_2, startup.version());
        assertEquals(List.of("_pq_.mine"), startup.unrecognizedOptions());
    }

    @Test
    void theVersionMayBeTheOneAskedForWhereAnOptionIsUnknown() {
        StartupExchange startup = new StartupExchange(V3_2, V3_0, Set.of("_pq_.mine"));
        startup.receive(new NegotiateProtocolVersion(V3_2.code(), List.of("_pq_.mine")));
        assertEquals(V3_2, startup.version());
    }

    @Test
    void withoutAnOfferTheVersionIsTheOneThatWasAskedFor() {
        assertEquals(V3_2, start(V3_2, V3_0).version());
        assertEquals(V3_0, start(V3_0, V3_0).version());
    }

    @Test
    void anOlderVersionIsTaken() {
        StartupExchange startup = start(V3_2, V3_0);
        offer(V3_0.code());
        assertEquals(V3_0, startup.version());
        letIn();
        conversation.receive(READY);
        assertTrue(startup.isDone());
        assertNull(startup.key());
    }

    /** As PgBouncer does that looks a user up in the database. */
    @Test
    void theSameOfferMayComeTwice() {
        StartupExchange startup = start(V3_2, V3_0);
        offer(V3_0.code());
        offer(V3_0.code());
        assertEquals(V3_0, startup.version());
    }

    @Test
    void aSecondOfferCannotTakeTheFirstBack() {
        StartupExchange startup = start(GREASE, V3_0);
        offer(V3_2.code());
        assertEquals(V3_2, startup.version());
        offer(V3_0.code());
        assertThrows(ProtocolViolation.class, () -> offer(V3_2.code()));
        assertEquals(V3_0, startup.version());
    }

    @ParameterizedTest
    @CsvSource({
        "196610, 3.2, which is what was asked for",
        "196609, 3.1, which is reserved and spoken by nobody",
        "196611, 3.3, which is newer than 3.2",
        "262144, 4.0, which is newer than 3.2",
        "-1, 65535.65535, which is newer than 3.2",
        "131072, 2.0, which is older than 3.0",
        "0, 0.0, which is older than 3.0",
    })
    void anOfferThatCannotBeMadeIsAViolation(int code, String offered, String why) {
        start(V3_2, V3_0);
        ProtocolViolation violation = assertThrows(ProtocolViolation.class, () -> offer(code));
        assertEquals(
                "it offers protocol " + offered + ", " + why + ", expected one from 3.0 to 3.2",
                violation.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"_pq_.compression", "compression", "\u0007 bell"})
    void anOptionThatWasNotSentCannotBeUnknown(String option) {
        start(V3_2, V3_0);
        ProtocolViolation violation = assertThrows(ProtocolViolation.class, () -> offer(V3_0.code(), option));
        assertTrue(violation.getMessage().contains(option.replace('\u0007', '?')), violation.getMessage());
    }

    @Test
    void aVersionOlderThanTheUserAcceptsIsRefused() {
        start(V3_2, V3_2);
        NotSupportedException refused = assertThrows(NotSupportedException.class, () -> offer(V3_0.code()));
        assertEquals(
                "the server speaks protocol 3.0 at most, expected at least 3.2 (min_protocol_version)",
                refused.getMessage());
    }

    @Test
    void onceLetInNothingIsNegotiated() {
        start(V3_2, V3_0);
        letIn();
        assertThrows(ProtocolViolation.class, () -> offer(V3_0.code()));
    }

    @Test
    void theKeyForCancellingHasFourBytesBefore32() {
        StartupExchange startup = start(V3_2, V3_0);
        offer(V3_0.code());
        letIn();
        for (int length : new int[] {5, 32, 256}) {
            BackendKeyData key = new BackendKeyData(1, new byte[length]);
            assertThrows(ProtocolViolation.class, () -> conversation.receive(key));
        }
        BackendKeyData key = new BackendKeyData(1, new byte[] {1, 2, 3, 4});
        conversation.receive(key);
        assertEquals(key, startup.key());
    }

    @Test
    void theKeyForCancellingHasFourTo256BytesIn32() {
        for (int length : new int[] {4, 32, 256}) {
            StartupExchange startup = new StartupExchange(V3_2, V3_0);
            startup.receive(Authentication.Request.OK);
            startup.receive(new BackendKeyData(1, new byte[length]));
            assertArrayEquals(new byte[length], startup.key().secretKey());
        }
    }
}
