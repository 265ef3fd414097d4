package dev.pgwire.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.testing.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes over this machine's loopback to a port and from it, captured by tcpdump. */
final class Capture implements AutoCloseable {
    private static final String LAST = "the-last-of-this-capture";

    private final Path directory;
    private final Path file;
    private final Programs programs;
    private final Process tcpdump;
    private final int port;

    private Capture(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.file = directory.resolve("capture.pcap");
        this.programs = new Programs(directory, Map.of());
        // Without --immediate-mode, in which the buffer has room for a few hundred packets of whatever size: bursts
        // were lost.
        this.tcpdump = programs.start(
                "tcpdump",
                "-i",
                "lo",
                "-s",
                "0",
                "-B",
                "32768",
                "-U",
                "-Z",
                System.getProperty("user.name"),
                "-w",
                file.toString(),
                "tcp",
                "port",
                Integer.toString(port));
    }

    /** Begins to capture; a test without tcpdump or the right to use it is not run. */
    static Capture of(int port) throws IOException {
        assumeTrue(Programs.onPath("tcpdump") != null, "tcpdump is not installed here: apt-get install tcpdump");
        Capture capture = new Capture(Files.createTempDirectory("capture"), port);
        Until.holds(() -> capture.log().contains("listening on") || !capture.tcpdump.isAlive());
        if (!capture.tcpdump.isAlive()) {
            String log = capture.log();
            capture.close();
            assumeTrue(false, "tcpdump cannot capture here: " + log);
        }
        return capture;
    }

    /** What tcpdump has said. */
    String log() {
        try {
            return programs.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with all that was said up to now, after which nothing more is captured. */
    Path finish() throws IOException, InterruptedException {
        // A last conversation: when it is in the file, so are those before it.
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            byte[] user = ("user\0" + LAST + "\0\0").getBytes(StandardCharsets.US_ASCII);
            out.write(new byte[] {0, 0, 0, (byte) (8 + user.length), 0, 3, 0, 0});
            out.write(user);
            out.flush();
            // So that a server that asks for a password waits for none.
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        Until.holds(this::hasLast);
        new ProcessBuilder("kill", "-INT", Long.toString(tcpdump.pid())).start().waitFor();
        tcpdump.waitFor();
        return file;
    }

    /** The file, which {@link #finish} has ended before. */
    Path finished() {
        return file;
    }

    private boolean hasLast() {
        try {
            return Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(LAST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the kernel had no room for a packet. */
    boolean lacksPackets() {
        return !log().contains("\n0 packets dropped by kernel");
    }

    /** A file beside the capture. */
    Path beside(String name) {
        return directory.resolve(name);
    }

    /**
     * One message as tshark sees it.
     *
     * @param kind what tshark calls it
     */
    record Dissected(int clientPort, boolean isOfClient, String kind, int length) {}

    /** The messages in the file as tshark dissects them; a test without tshark is not run. */
    static List<Dissected> dissect(Path file, int port) throws IOException {
        assumeTrue(Programs.onPath("tshark") != null, "tshark is not installed here: apt-get install tshark");
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-d",
                        "tcp.port==" + port + ",pgsql",
                        "-Y",
                        "pgsql",
                        "-T",
                        "fields",
                        "-E",
                        "aggregator=|",
                        "-e",
                        "tcp.srcport",
                        "-e",
                        "tcp.dstport",
                        "-e",
                        "pgsql.frontend",
                        "-e",
                        "pgsql.type",
                        "-e",
                        "pgsql.length")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Dissected> all = new ArrayList<>();
        for (String line : new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String[] fields = line.split("\t");
            if (fields.length == 5) {
                String[] kinds = fields[3].split("\\|");
                String[] lengths = fields[4].split("\\|");
                int source = Integer.parseInt(fields[0]);
                for (int i = 0; i < kinds.length; i++) {
                    boolean isOfClient = source != port;
                    int clientPort = isOfClient ? source : Integer.parseInt(fields[1]);
                    all.add(new Dissected(clientPort, isOfClient, kinds[i], Integer.parseInt(lengths[i])));
                }
            }
        }
        return all;
    }

    /** Where a program is; the test is not run if it is not installed. */
    static String program(String name) {
        @Nullable Path path = Programs.onPath(name);
        assumeTrue(path != null, name + " is not installed here");
        return String.valueOf(path);
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
