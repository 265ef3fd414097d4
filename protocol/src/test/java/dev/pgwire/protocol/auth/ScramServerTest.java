package dev.pgwire.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against the client's side, which was shown to agree with PostgreSQL's. */
class ScramServerTest {
    private static final String VERIFIER = ScramVerifier.of("pencil".toCharArray());
    private static final byte[] END_POINT = {1, 2, 3};

    @Test
    void aClientThatKnowsThePasswordAndTheServerAgree() throws ScramServer.Refused {
        Scram client = client(ScramServer.of(VERIFIER, null), "pencil", null);
        assertTrue(client.isComplete());
    }

    @Test
    void bothAreBoundToTheChannel() throws ScramServer.Refused {
        Scram client = client(ScramServer.of(VERIFIER, END_POINT), "pencil", END_POINT);
        assertTrue(client.isComplete() && client.isBound());
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertRefused("28P01", ScramServer.of(VERIFIER, null), "pen", null);
    }

    @Test
    void anUnknownUserIsRefusedAtTheEndOnly() {
        assertRefused("28P01", ScramServer.ofUnknownUser("eve", END_POINT, null), "pencil", null);
    }

    @Test
    void anUnknownUserHasTheSameSaltEachTime() throws ScramServer.Refused {
        assertEquals(salt("eve"), salt("eve"));
        assertNotEquals(salt("eve"), salt("mallory"));
    }

    private static String salt(String user) throws ScramServer.Refused {
        ScramServer server = ScramServer.ofUnknownUser(user, END_POINT, null);
        return new String(server.first(Scram.MECHANISM, "n,,n=x,r=a".getBytes(UTF_8)), UTF_8).split(",")[1];
    }

    @Test
    void anotherChannelIsRefused() {
        assertRefused("28000", ScramServer.of(VERIFIER, END_POINT), "pencil", new byte[] {3, 2, 1});
    }

    @Test
    void aClientThatWasNotToldOfTheBindingIsRefused() {
        ScramServer server = ScramServer.of(VERIFIER, END_POINT);
        Scram deceived = Scram.client(List.of(Scram.MECHANISM), "pencil".toCharArray(), 4096, END_POINT);
        ScramServer.Refused why = assertThrows(
                ScramServer.Refused.class, () -> server.first(deceived.mechanism(), deceived.clientFirst()));
        assertEquals("28000", why.sqlState());
    }

    @Test
    void whatIsNoScramIsRefusedWithAReason() throws ScramServer.Refused {
        for (String message :
                new String[] {"", "n,,", "n,,n=x", "n,,r=a,n=x", "q,,n=x,r=a", "p=x,,n=x,r=a", "n,a=b,n=x,r=a"}) {
            ScramServer server = ScramServer.of(VERIFIER, null);
            assertThrows(
                    ScramServer.Refused.class, () -> server.first(Scram.MECHANISM, message.getBytes(UTF_8)), message);
        }
        ScramServer server = ScramServer.of(VERIFIER, null);
        server.first(Scram.MECHANISM, "n,,n=x,r=a".getBytes(UTF_8));
        for (String message :
                new String[] {"", "c=biws,r=a", "c=biws,r=a,p=!", "c=x,r=a,p=AAAA", "c=biws,r=a,p=AAAA"}) {
            assertThrows(ScramServer.Refused.class, () -> server.last(message.getBytes(UTF_8)), message);
        }
        assertThrows(ScramServer.Refused.class, () -> server.first("SCRAM-SHA-256-PLUS", new byte[0]));
    }

    private static void assertRefused(
            String sqlState, ScramServer server, String password, byte @Nullable [] endPoint) {
        ScramServer.Refused why = assertThrows(ScramServer.Refused.class, () -> client(server, password, endPoint));
        assertEquals(sqlState, why.sqlState());
    }

    private static Scram client(ScramServer server, String password, byte @Nullable [] endPoint)
            throws ScramServer.Refused {
        Scram client = Scram.client(server.mechanisms(), password.toCharArray(), 4096, endPoint);
        byte[] first = server.first(client.mechanism(), client.clientFirst());
        client.verify(server.last(client.clientFinal(first)));
        return client;
    }
}
