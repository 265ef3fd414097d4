package dev.pgwire.console.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What goes into the pager. It has the terminal until it ends: nothing but its reader ends it. */
final class PagerStream extends OutputStream {
    private final Process pager;
    private final OutputStream in;
    private final List<Programs.Pump> pumps;
    private boolean left;

    PagerStream(Process pager, List<Programs.Pump> pumps) {
        this.pager = pager;
        this.in = pager.getOutputStream();
        this.pumps = pumps;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Throws once that the pager was left; what is written later goes nowhere. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (left) {
            return;
        }
        try {
            in.write(bytes, offset, length);
        } catch (IOException e) {
            left = true;
            throw new Left();
        }
    }

    /** Tells the reader that this is not all. */
    void interrupted() {
        byte[] text = "Interrupted\n".getBytes(UTF_8);
        write(text, 0, text.length);
    }

    /** Waits until the reader has left the pager; a Ctrl-C meanwhile is the pager's, and stops the files that are run. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            in.close();
        } catch (IOException e) {
            left = true;
        }
        while (true) {
            try {
                pager.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        pumps.forEach(Programs.Pump::finish);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pager has gone, and the rest need not be printed. */
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Left() {
            super(null, null, false, false);
        }
    }
}
