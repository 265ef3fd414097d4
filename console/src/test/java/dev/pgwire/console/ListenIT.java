package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code \listen}, while another session notifies: what it sends comes at some time later, so each is waited for. */
@Timeout(120)
class ListenIT {
    private final Connection other = Postgres.connect(TestServer.shared().dsn());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void closeTheOther() {
        other.close();
    }

    @Test
    void countEndsIt() {
        run(
                "LISTEN news;\n",
                "\\listen Other count=2\n\\echo done\n\\listen c=1\n",
                "NOTIFY news, '1'",
                "NOTIFY news, '2'",
                "NOTIFY news, '3'");

        assertEquals(
                "LISTEN\n" + received("news", "1") + received("news", "2") + "done\n" + received("news", "3"), out());
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void timeEndsItWhenNoneComes() {
        run(
                "LISTEN news;\n",
                "\\listen count=1\n\\listen timeout=0\n\\echo done\n\\listen t=0.001\n",
                "NOTIFY news, '1'");

        assertEquals("LISTEN\n" + received("news", "1") + "done\n", out());
    }

    @Test
    void itListensOnAfterwards() {
        run("\\listen \"News of today\" timeout=0\n", "\\listen count=1\n", "NOTIFY \"News of today\", '1'");

        assertEquals(received("News of today", "1"), out());
    }

    @Test
    void namesThatAreNotQuotedAreFoldedAsInSql() {
        run("\\listen News timeout=0;\n", "\\listen count=1\n", "NOTIFY news, '1'");

        assertEquals(received("news", "1"), out());
    }

    @Test
    void transactionKeepsNotificationsBackSoItIsRefused() {
        run("BEGIN;\n\\listen news\n", "", "NOTIFY news");

        assertEquals(
                "\\listen: a transaction is in progress, and the server keeps notifications back until it has ended;"
                        + " expected COMMIT or ROLLBACK before\n",
                err.toString(UTF_8));
    }

    @Test
    void optionsThatAreNoNumbersAreRefused() {
        String expected = ", expected count= with a whole number from 1, timeout= with seconds from 0\n";

        run("\\listen news count=0\n\\listen news timeout=soon\n", "", "NOTIFY news");

        assertEquals(
                "\\listen: invalid count=0" + expected + "\\listen: invalid timeout=soon" + expected,
                err.toString(UTF_8));
    }

    /** Runs two scripts, and has the other session do something between them. */
    private void run(String first, String second, String... between) {
        Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new TwoParts(first, second, between), false),
                TestServer.shared().dsn());
    }

    private String received(String channel, String payload) {
        return "Asynchronous notification \"" + channel + "\" with payload \"" + payload
                + "\" received from server process with PID " + other.processId() + ".\n";
    }

    private String out() {
        return out.toString(UTF_8);
    }

    /** The second part begins when all of the first was read, which is after it was run. */
    private final class TwoParts extends InputStream {
        private final byte[] second;
        private final String[] between;
        private ByteArrayInputStream part;
        private boolean isFirst = true;

        TwoParts(String first, String second, String... between) {
            this.part = new ByteArrayInputStream(first.getBytes(UTF_8));
            this.second = second.getBytes(UTF_8);
            this.between = between;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int read = part.read(into, offset, length);
            if (read < 0 && isFirst) {
                isFirst = false;
                for (String sql : between) {
                    other.execute(sql);
                }
                part = new ByteArrayInputStream(second);
                read = part.read(into, offset, length);
            }
            return read;
        }
    }
}
