package dev.pgwire.console.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that is being printed, through the pager or not. */
public final class Printout implements AutoCloseable {
    private final PrintStream stream;
    private final @Nullable PagerStream pager;
    private boolean left;

    private Printout(PrintStream stream, @Nullable PagerStream pager) {
        this.stream = stream;
        this.pager = pager;
    }

    public static Printout to(PrintStream stream) {
        return new Printout(stream, null);
    }

    static Printout through(PagerStream pager) {
        return new Printout(new PrintStream(new BufferedOutputStream(pager), false, UTF_8), pager);
    }

    /** Prints some more; false if its reader has left the pager. */
    public boolean print(Consumer<PrintStream> printing) {
        try {
            if (!left) {
                printing.accept(stream);
                stream.flush();
            }
        } catch (PagerStream.Left e) {
            left = true;
        } catch (PrintoutInterrupted e) {
            if (pager != null && !left) {
                printInterrupted(pager);
            }
            throw e;
        }
        return !left;
    }

    private void printInterrupted(PagerStream to) {
        try {
            stream.flush();
            to.interrupted();
        } catch (PagerStream.Left e) {
            left = true;
        }
    }

    /** Ends what was opened for it: waits until the reader has left the pager. */
    @Override
    public void close() {
        if (pager != null) {
            print(PrintStream::flush);
            pager.close();
        }
    }
}
