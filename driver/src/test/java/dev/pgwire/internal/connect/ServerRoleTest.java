package dev.pgwire.internal.connect;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.CannotConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server must be like that serves reads; the roles of a configuration are tested with servers. */
class ServerRoleTest {
    private static final ServerRole READING =
            ServerRole.reading(TargetSessionAttrs.PREFER_STANDBY, Duration.ofSeconds(2));

    private static ServerRole otherwise(ServerRole role) {
        ServerRole otherwise = role.otherwise();
        assertNotNull(otherwise);
        return otherwise;
    }

    @ParameterizedTest
    @CsvSource({"0", "2000", "-50"})
    void aStandbyWithinTheLagIsTaken(String answer) {
        READING.check(answer, "db:5432");
        otherwise(READING).check(answer, "db:5432");
    }

    @ParameterizedTest
    @CsvSource({
        "2001,    'it is 2.001 s behind its primary'",
        "3600123, 'it is 3600.123 s behind its primary'",
        "unknown, 'it does not know how far it is behind its primary'",
    })
    void aStandbyThatIsTooFarBehindIsLeft(String answer, String told) {
        CannotConnectException failure =
                assertThrows(CannotConnectException.class, () -> READING.check(answer, "db:5432"));
        assertEquals(
                "db:5432 was left: " + told + ", expected a standby that is at most 2.000 s behind, or a primary",
                failure.getMessage());
        assertEquals(CannotConnectException.Reason.ROLE, failure.reason());
        assertThrows(CannotConnectException.class, () -> otherwise(READING).check(answer, "db:5432"));
    }

    @Test
    void aPrimaryIsTheSecondBestAndNeverBehind() {
        assertThrows(CannotConnectException.class, () -> READING.check("primary", "db"));
        assertThrows(CannotConnectException.class, () -> READING.check("off", "off", "db"));
        ServerRole second = otherwise(READING);
        second.check("primary", "db");
        second.check("off", "off", "db");
        assertTrue(second.isSecondBest());
        assertFalse(READING.isSecondBest());
        assertNull(second.otherwise());
    }

    @Test
    void onlyAServerThatMayBeBehindIsAskedHowFar() {
        assertEquals(ReplayLag.QUESTION, READING.question("on", "on"));
        assertEquals(ReplayLag.QUESTION, READING.question(null, null));
        assertNull(READING.question("on", "off"), "a primary is none");
        ServerRole anyLag = ServerRole.reading(TargetSessionAttrs.PREFER_STANDBY, null);
        assertNull(anyLag.question("on", "on"));
        assertEquals("SELECT pg_catalog.pg_is_in_recovery()", anyLag.question(null, null));
    }

    @Test
    void aSessionThatReadsLeavesAStandbyThatWasPromoted() {
        ServerRole lasting =
                ServerRole.reading(TargetSessionAttrs.PREFER_STANDBY, null).lasting();
        assertDoesNotThrow(() -> lasting.check("off", "on", "db"));
        assertThrows(CannotConnectException.class, () -> lasting.check("off", "off", "db"));
    }

    @Test
    void aPreferenceOfAConfigurationIsNoReasonToLeaveAServer() {
        ServerRole preferred = ServerRole.of(TargetSessionAttrs.PREFER_STANDBY);
        assertThrows(CannotConnectException.class, () -> preferred.check("off", "off", "db"));
        assertDoesNotThrow(() -> preferred.lasting().check("off", "off", "db"));
        ServerRole primary = ServerRole.of(TargetSessionAttrs.PRIMARY);
        assertSame(primary, primary.lasting());
        assertNull(primary.otherwise());
    }

    @Test
    void aSingleHostServesReadsWhateverItIs() {
        ServerRole single = ServerRole.reading(TargetSessionAttrs.ANY, null);
        single.check("off", "off", "db");
        single.check("off", "on", "db");
        assertNull(single.question(null, null));
        assertFalse(single.isSecondBest());
    }
}
