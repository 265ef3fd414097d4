package dev.pgwire.console;

import dev.pgwire.laboratory.capture.CaptureEvent;
import dev.pgwire.laboratory.capture.CaptureRemark;
import dev.pgwire.laboratory.capture.CapturedMessage;
import dev.pgwire.laboratory.capture.JsonPrinter;
import dev.pgwire.laboratory.capture.Sniffer;
import dev.pgwire.laboratory.capture.TimingPrinter;
import dev.pgwire.laboratory.capture.TracePrinter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that read a capture of the network. */
final class DecodeOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--decode",
            paramLabel = "FILE",
            description = "print the conversations in a capture of tcpdump, as --trace does; - is standard input")
    private @Nullable String file;

    @Option(names = "--json", description = "with --decode: print a JSON object in each line")
    private boolean json;

    @Option(
            names = "--timing",
            description = "with --decode: print how long each phase and statement took, and no messages")
    private boolean timing;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            split = ",",
            description = "with --decode: only this one, by its number, its client's port, or an address")
    private List<String> connections = new ArrayList<>();

    @Option(
            names = "--message",
            paramLabel = "NAME",
            split = ",",
            description = "with --decode: only messages with this name, such as Query or ErrorResponse")
    private List<String> messages = new ArrayList<>();

    @Option(names = "--sql", paramLabel = "TEXT", description = "with --decode: only statements that contain this")
    private @Nullable String sql;

    boolean isGiven() {
        return file != null;
    }

    /**
     * What is wrong with the options; null if nothing is.
     *
     * @param port the server's, as it was given
     */
    @Nullable
    String refusal(@Nullable String port) {
        if (file == null) {
            return json || timing || sql != null || !connections.isEmpty() || !messages.isEmpty()
                    ? "--json, --timing, --connection, --message and --sql belong to --decode FILE"
                    : null;
        }
        try {
            sniffer(port);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** Prints what is in the capture; of one that is still being made, what has come so far. */
    void run(PrintStream out, InputStream input, Path directory, @Nullable String port) throws IOException {
        Consumer<CaptureEvent> printer = printer(out);
        Sniffer sniffer = sniffer(port);
        if (STANDARD_INPUT.equals(file)) {
            sniffer.read(new Flushing(input, out), printer);
        } else {
            sniffer.read(directory.resolve(String.valueOf(file)), printer);
        }
    }

    private Sniffer sniffer(@Nullable String ports) {
        Sniffer sniffer = new Sniffer();
        for (String port : ports == null ? new String[0] : ports.split(",")) {
            sniffer = sniffer.port(number(port.strip()));
        }
        for (String connection : connections) {
            sniffer = sniffer.connection(connection);
        }
        for (String message : messages) {
            sniffer = sniffer.message(message);
        }
        return sql == null ? sniffer : sniffer.sql(sql);
    }

    private static int number(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port \"" + port + "\", expected a number from 1 to 65535", e);
        }
    }

    private Consumer<CaptureEvent> printer(Appendable out) {
        if (json) {
            JsonPrinter printer = new JsonPrinter(out);
            return event -> {
                if (timing ? !(event instanceof CapturedMessage) : isNoTime(event)) {
                    printer.accept(event);
                }
            };
        }
        return timing ? new TimingPrinter(out) : new TracePrinter(out);
    }

    private static boolean isNoTime(CaptureEvent event) {
        return event instanceof CapturedMessage || event instanceof CaptureRemark;
    }

    /** Has everything printed before it waits for more. */
    private static final class Flushing extends FilterInputStream {
        private final PrintStream out;

        Flushing(InputStream in, PrintStream out) {
            super(in);
            this.out = out;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            out.flush();
            return super.read(bytes, offset, length);
        }
    }
}
