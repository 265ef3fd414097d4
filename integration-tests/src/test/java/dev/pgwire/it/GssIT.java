package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Authentication by GSSAPI against a real key distribution centre and a server that was built with it, both of the
 * distribution. The driver runs in a JVM of its own, because Kerberos reads its configuration and environment once.
 */
@Timeout(180)
class GssIT {
    private static KerberosRealm realm;

    @BeforeAll
    static void startRealm() throws Exception {
        assumeTrue(KerberosRealm.missing().isEmpty(), "not run: " + KerberosRealm.missing());
        realm = KerberosRealm.start();
        realm.kinit("ada", "secret");
        realm.awaitServer();
        try (Connection admin = Postgres.connect(realm.dsn() + " user=postgres")) {
            admin.execute("CREATE ROLE ada LOGIN");
            admin.execute("CREATE ROLE grace LOGIN");
        }
    }

    @AfterAll
    static void stopRealm() throws Exception {
        if (realm != null) {
            realm.close();
        }
    }

    /** What a client says who has the tickets of somebody. */
    private static String client(String principal, String keywords) throws Exception {
        ChildJvm.Ended ended = ChildJvm.run(
                realm.environment(principal),
                List.of(
                        realm.javaOption(),
                        "-cp",
                        String.join(File.pathSeparator, ChildJvm.classPath()),
                        Client.class.getName(),
                        realm.dsn() + " " + keywords));
        assertEquals(0, ended.exitCode(), ended.output());
        return ended.output().strip();
    }

    @Test
    void aTicketLetsIn() throws Exception {
        assertEquals("ada is ada@PGWIRE.TEST", client("ada", "user=ada"));
        assertEquals("ada is ada@PGWIRE.TEST", client("ada", "user=ada require_auth=gss krbsrvname=postgres"));
    }

    @Test
    void aTicketMayBeHandedOn() throws Exception {
        assertEquals("ada is ada@PGWIRE.TEST", client("ada", "user=ada gssdelegation=1"));
    }

    @Test
    void theTicketOfSomebodyElseIsTheServersToRefuse() throws Exception {
        String refused = client("ada", "user=grace");
        assertTrue(refused.startsWith("28000 "), refused);
        assertTrue(refused.contains("GSSAPI authentication failed for user \"grace\""), refused);
    }

    @Test
    void withoutATicketTheErrorSaysWhereToGetOne() throws Exception {
        String refused = client("nobody", "user=ada");
        assertTrue(
                refused.startsWith("28000 the server asks for gss authentication, and there is no Kerberos ticket"),
                refused);
        assertTrue(refused.contains("(kinit)"), refused);
    }

    @Test
    void aServiceThatTheRealmDoesNotKnowIsNamed() throws Exception {
        String refused = client("ada", "user=ada krbsrvname=other");
        assertTrue(refused.startsWith("28000 "), refused);
        assertTrue(refused.contains("\"other@localhost\""), refused);
    }

    @Test
    void aChannelBindingCannotBeHadByGssapi() throws Exception {
        String refused = client("ada", "user=ada channel_binding=require");
        assertTrue(refused.contains("expected SCRAM-SHA-256-PLUS (channel_binding=require)"), refused);
    }

    /** Connects and says who the server takes it for, or why it cannot. */
    static final class Client {
        private Client() {}

        public static void main(String[] arguments) {
            try (Connection connection = Postgres.connect(arguments[0])) {
                System.out.println(connection
                        .execute("SELECT current_user || ' is ' || principal FROM pg_stat_gssapi"
                                + " WHERE pid = pg_backend_pid() AND gss_authenticated AND NOT encrypted")
                        .fetchOne()
                        .getString(0));
            } catch (DatabaseException refused) {
                System.out.println(refused.sqlState() + " " + refused.getMessage());
            }
        }
    }
}
