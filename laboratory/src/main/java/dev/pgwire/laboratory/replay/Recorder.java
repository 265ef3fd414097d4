package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Tap;
import dev.pgwire.protocol.dialogue.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes what is said to a file, which {@link Recording#read} reads. As the tap of a proxy it records all of its connections:
 *
 * <pre>{@code
 * try (Recorder recorder = Recorder.to(Path.of("session.txt"));
 *         Proxy proxy = Proxy.before("localhost", 5432).start(recorder)) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Passwords, what else proves who the client is, and the keys that cancel a session are left out unless {@link #withSecrets} says
 * otherwise; SQL and values are not. May be used by any thread; the order of the file is that of the calls.
 */
public final class Recorder implements Tap, Closeable {
    // A lock, not synchronized: the file may block, and that would pin a virtual thread before Java 24.
    private final ReentrantLock lock = new ReentrantLock();
    private final Writer out;
    private volatile boolean hides = true;
    private boolean closed;

    private Recorder(Writer out) throws IOException {
        this.out = out;
        out.write(Recording.HEADER + "\n");
    }

    /** Records to a file, which is made or replaced. */
    public static Recorder to(Path file) throws IOException {
        return to(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    /** Records to a writer, which is closed with the recorder. */
    public static Recorder to(Writer out) throws IOException {
        return new Recorder(out);
    }

    /** Records passwords and keys too. */
    public Recorder withSecrets() {
        hides = false;
        return this;
    }

    /** Records a message of whatever origin; does nothing once it is closed. */
    public void record(int connection, Frame frame) throws IOException {
        Said said = Said.of(connection, frame);
        String line = (hides ? said.withoutSecrets() : said) + "\n";
        lock.lock();
        try {
            if (!closed) {
                out.write(line);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Fate message(Frame frame, Line line) throws IOException {
        record(line.number(), frame);
        return Fate.pass();
    }

    /** What was recorded is in the file when this returns; more is not recorded. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            out.close();
        } finally {
            lock.unlock();
        }
    }
}
