package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.trace.WireTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints messages as libpq's {@code PQtrace} does, with the times of their packets: what belongs to secrets is left out, SQL and values
 * are not. Remarks, and a line where another connection goes on, begin with {@code #}; phases and statements are not printed.
 */
public final class TracePrinter implements Consumer<CaptureEvent> {
    private final Appendable out;
    private final WireTrace trace;
    private Instant time = Instant.EPOCH;
    private @Nullable CapturedConnection connection;

    /** @param out where to; what it throws is thrown on */
    public TracePrinter(Appendable out) {
        this.out = out;
        this.trace = new WireTrace(out).clock(() -> time);
    }

    /** Leaves the times out, so that two traces can be compared. */
    public TracePrinter withoutTimestamps() {
        trace.withoutTimestamps();
        return this;
    }

    /** @throws UncheckedIOException if the output fails */
    @Override
    public void accept(CaptureEvent event) {
        if (event instanceof CapturedMessage message) {
            change(message.connection());
            time = message.time();
            print(message);
        } else if (event instanceof CaptureRemark remark) {
            CapturedConnection about = remark.connection();
            if (about != null) {
                change(about);
            }
            line("# " + remark.text());
        }
    }

    private void change(CapturedConnection next) {
        if (!next.equals(connection)) {
            line("# " + next);
            connection = next;
        }
    }

    private void print(CapturedMessage message) {
        Frame frame = message.frame();
        Opening.Encryption asked = message.asked();
        if (frame == null) {
            trace.part(message.side(), message.tag(), message.length(), message.body());
        } else if (asked != null) {
            trace.encryptionAnswer(asked, frame.bytes().getByte(0));
        } else {
            trace.frame(frame);
        }
    }

    private void line(String text) {
        try {
            out.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
