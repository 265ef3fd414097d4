package dev.pgwire.console.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Standard output. A {@link PrintStream} swallows the failures of what is below it; here they are thrown out of the call that
 * prints, so that a console whose reader has gone stops at once.
 */
public final class Output extends FilterOutputStream {
    private static final int BUFFER = 1 << 16;

    private Output(OutputStream out) {
        super(out);
    }

    public static PrintStream to(OutputStream out) {
        return new PrintStream(new BufferedOutputStream(new Output(out), BUFFER), false, UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Closed(e);
        }
    }

    /** Nothing more can be printed. */
    public static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** What a shell shows for SIGPIPE, which is the end of psql in that case. */
        private static final int SIGPIPE = 128 + 13;

        private final String reason;

        Closed(IOException cause) {
            super(cause);
            reason = String.valueOf(cause.getMessage());
        }

        /** Whether the reader of a pipe has gone, who wants to hear nothing of it. */
        public boolean isPipe() {
            return reason.toLowerCase(Locale.ROOT).contains("pipe");
        }

        public int exitStatus() {
            return isPipe() ? SIGPIPE : 1;
        }

        public String reason() {
            return reason;
        }
    }
}
