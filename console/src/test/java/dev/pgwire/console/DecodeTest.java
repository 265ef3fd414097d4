package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --decode} prints, of a capture with a Query and its ReadyForQuery at port 6432. */
class DecodeTest {
    private static final int SYN = 2;
    private static final int ACK = 16;

    private static final byte[] CAPTURE = capture();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void aFileIsPrintedAsATrace() throws Exception {
        Path file = directory.resolve("session.pcap");
        Files.write(file, CAPTURE);

        assertEquals(0, run("-p", "6432", "--decode", file.toString()));
        assertTrue(out().contains("\tF\t13\tQuery\t \"SELECT 1\"\n"), out());
        assertTrue(out().contains("\tB\t5\tReadyForQuery\t I\n"), out());
        assertTrue(out().startsWith("# connection 1, 10.0.0.1:40000 to 10.0.0.2:6432\n"), out());
    }

    @Test
    void standardInputIsReadAndTheOptionsNarrowIt() {
        assertEquals(0, run("-p", "6432", "--decode", "-", "--message", "Query,Parse", "--json"));
        assertTrue(out().contains("\"message\":\"Query\""), out());
        assertEquals(-1, out().indexOf("ReadyForQuery"), out());
        assertEquals(-1, out().indexOf("\"phase\""), out());

        out.reset();
        assertEquals(0, run("-p", "6432", "--decode", "-", "--timing", "--sql", "select 1"));
        assertTrue(out().contains("\t1\tstatement\t2.000\t\t\t\t\t0\tReadyForQuery\tSELECT 1\n"), out());

        out.reset();
        assertEquals(0, run("-p", "6432", "--decode", "-", "--timing", "--json", "--connection", "40000"));
        assertTrue(out().contains("\"phase\":\"statement\""), out());
        assertEquals(-1, out().indexOf("\"message\""), out());
    }

    @Test
    void whatHasComeIsPrintedBeforeMoreIsWaitedFor() {
        ByteBuffer file = header();
        packet(file, 0, true, 1, SYN, "");
        packet(file, 10, false, 1, SYN | ACK, "");
        packet(file, 20, true, 2, ACK, "\0\0\0\022\0\003\0\0user\0ada\0\0");
        List<String> printed = new ArrayList<>();
        InputStream input = new ByteArrayInputStream(bytes(file)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                printed.add(out());
                return super.read(bytes, offset, length);
            }
        };
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 10_000), false, UTF_8);

        assertEquals(0, Console.run(buffered, System.err, new Input(input, false), "--decode", "-"));

        assertEquals("", printed.get(0));
        assertTrue(printed.get(1).contains("StartupMessage"), printed.toString());
    }

    @Test
    void withoutThePortTheConnectionIsPassedOver() {
        assertEquals(0, run("--decode", "-"));
        assertTrue(out().startsWith("# passed over 1 connection "), out());
    }

    @Test
    void whatCannotBeDoneIsAnErrorThatSaysWhatWasExpected() {
        assertEquals(1, run("--decode", directory.resolve("none").toString()));
        assertEquals(1, run("--decode", "-", "--message", "Qery"));
        assertEquals(1, run("--decode", "-", "-p", "many"));
        assertEquals(1, run("--json"));
        assertEquals("", out());
        String[] errors = err.toString(UTF_8).split("\\R");
        assertTrue(errors[0].matches("pgwire: error: .*none: no such file"), errors[0]);
        assertTrue(errors[1].startsWith("pgwire: error: no message is called \"Qery\", expected one of "), errors[1]);
        assertEquals("pgwire: error: the port \"many\", expected a number from 1 to 65535", errors[2]);
        assertEquals(
                "pgwire: error: --json, --timing, --connection, --message and --sql belong to --decode FILE",
                errors[3]);
    }

    @Test
    void aFileThatIsNoCaptureIsRefused() throws Exception {
        Path file = directory.resolve("page.html");
        Files.writeString(file, "<html>");

        assertEquals(1, run("--decode", file.toString()));
        assertTrue(err.toString(UTF_8).contains("expected a capture"), err.toString(UTF_8));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private int run(String... arguments) {
        PrintStream output = new PrintStream(out, true, UTF_8);
        PrintStream errors = new PrintStream(err, true, UTF_8);
        return Console.run(output, errors, new Input(new ByteArrayInputStream(CAPTURE), false), arguments);
    }

    private static byte[] capture() {
        ByteBuffer file = header();
        packet(file, 0, true, 1, ACK, "Q\0\0\0\rSELECT 1\0");
        packet(file, 2000, false, 1, ACK, "Z\0\0\0\005I");
        return bytes(file);
    }

    private static ByteBuffer header() {
        ByteBuffer file =
                ByteBuffer.allocate(1000).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        return file.putLong(0).putInt(262144).putInt(101);
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    private static void packet(ByteBuffer file, int micros, boolean forth, int sequence, int flags, String data) {
        byte[] bytes = data.getBytes(UTF_8);
        int length = 40 + bytes.length;
        file.putInt(1_700_000_000).putInt(micros).putInt(length).putInt(length);
        file.putShort((short) 0x4500)
                .putShort((short) length)
                .putInt(0)
                .putShort((short) 0x4006)
                .putShort((short) 0);
        file.putInt(forth ? 0x0A000001 : 0x0A000002).putInt(forth ? 0x0A000002 : 0x0A000001);
        file.putShort((short) (forth ? 40000 : 6432)).putShort((short) (forth ? 6432 : 40000));
        file.putInt(sequence).putInt(forth ? 1 : 2);
        file.putShort((short) (0x5000 | flags)).putShort((short) 512).putInt(0).put(bytes);
    }
}
