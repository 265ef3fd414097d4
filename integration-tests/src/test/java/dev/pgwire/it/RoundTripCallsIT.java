package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What has to be interpreted, and then compiled, before a round trip is warm: the calls of one statement that the server
 * keeps, and of its row.
 */
class RoundTripCallsIT {
    private static final int OURS = 420;
    private static final int OF_NETTY = 75;
    private static final int CLASSES = 75;

    @Test
    void aRoundTripMakesFewCalls() throws Exception {
        List<Debugger.Call> calls = Debugger.callsIn(
                Program.class, "measured", TestServer.shared().dsn(), List.of("dev.pgwire.*", "io.netty.*"));
        long ours = calls.stream()
                .filter(call -> call.type().startsWith("dev.pgwire."))
                .count();
        long ofNetty = calls.size() - ours;
        long classes = calls.stream().map(Debugger.Call::type).distinct().count();
        long methods = calls.stream().distinct().count();
        System.out.println("a round trip makes " + ours + " calls of ours and " + ofNetty + " of Netty's, of " + methods
                + " methods in " + classes + " classes");
        assertTrue(ours > 100, calls.toString());
        assertTrue(ours <= OURS, () -> ours + " calls of ours, expected at most " + OURS + ": " + calls);
        assertTrue(
                ofNetty <= OF_NETTY, () -> ofNetty + " calls of Netty's, expected at most " + OF_NETTY + ": " + calls);
        assertTrue(classes <= CLASSES, () -> classes + " classes, expected at most " + CLASSES + ": " + calls);
    }

    /** Selects one row until the server keeps the statement, and then once more. */
    static final class Program {
        private static final String SQL = "SELECT v FROM (VALUES (1, 'one'), (2, 'two')) AS t (k, v) WHERE k = $1";

        private Program() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0]);
                    Cursor cur = conn.cursor()) {
                for (int i = 0; i < 5; i++) {
                    roundTrip(cur, 1);
                }
                measured(cur);
            }
        }

        private static void measured(Cursor cur) {
            roundTrip(cur, 2);
        }

        private static void roundTrip(Cursor cur, Integer key) {
            cur.execute(SQL, key);
            cur.next();
            cur.getString(0);
        }
    }
}
