package dev.pgwire.bench.run;

import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.ScriptException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one event loop in a file, in the lines of {@code pgbench -l}: each in a line of its own, or those of an interval in one.
 * Used under the monitor of its worker.
 */
final class TransactionLog implements Closeable {
    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

    private final Writer file;
    private final LogSettings log;
    private final boolean isPaced;
    private final boolean isRetried;
    private final RandomSource sampling;
    /** How many transactions each client has had. */
    private final long[] counts;

    private final StringBuilder line = new StringBuilder();
    private final long epochMicros;
    private @Nullable LogInterval interval;
    private boolean begun;

    private TransactionLog(Writer file, LogSettings log, Settings settings, RandomSource sampling) {
        this.file = file;
        this.log = log;
        this.isPaced = settings.rate() > 0;
        this.isRetried = settings.tries() != 1;
        this.sampling = sampling;
        this.counts = new long[settings.clients()];
        this.epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - micros(System.nanoTime());
    }

    /**
     * Opens a file, whose name has the process's number in it, and the loop's from the second one on.
     *
     * @throws IOException if that cannot be
     */
    static TransactionLog open(LogSettings log, Settings settings, int loop, RandomSource sampling) throws IOException {
        String name = log.prefix() + "." + ProcessHandle.current().pid() + (loop == 0 ? "" : "." + loop);
        return new TransactionLog(
                Files.newBufferedWriter(Path.of(name), StandardCharsets.US_ASCII), log, settings, sampling);
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private long now() {
        return epochMicros + micros(System.nanoTime());
    }

    /** Logs what comes from now on; what came before was the warm-up. */
    void begin() {
        begun = true;
        if (log.intervalSeconds() > 0) {
            // As with pgbench, it begins with the second.
            long now = now();
            interval = new LogInterval(now - now % SECOND, TimeUnit.SECONDS.toMicros(log.intervalSeconds()));
        }
    }

    void done(int client, int script, long latency, long lag, int tries) {
        if (isLogged(client)) {
            if (interval != null) {
                interval.done(micros(latency), isPaced ? micros(lag) : 0, tries);
            } else {
                transaction(client, script, Long.toString(micros(latency)), micros(lag), tries);
            }
        }
    }

    void skipped(int client, int script) {
        if (isLogged(client)) {
            if (interval != null) {
                interval.skipped();
            } else {
                transaction(client, script, "skipped", 0, 1);
            }
        }
    }

    void failed(int client, int script, Failure failure, int tries) {
        if (isLogged(client)) {
            if (interval != null) {
                interval.failed(log.detailed() ? failure : Failure.OTHER, tries);
            } else {
                String what = log.detailed() ? failure.name().toLowerCase(Locale.ROOT) : "failed";
                transaction(client, script, what, 0, tries);
            }
        }
    }

    /** Counts a transaction; whether it is among those that are logged. */
    private boolean isLogged(int client) {
        if (!begun) {
            return false;
        }
        counts[client]++;
        if (log.samplingRate() < 1 && sampling.nextDouble() > log.samplingRate()) {
            return false;
        }
        endIntervals();
        return true;
    }

    private void endIntervals() {
        long now = now();
        while (interval != null && interval.end() <= now) {
            interval.write(line);
            write();
            interval = interval.next();
        }
    }

    private void transaction(int client, int script, String time, long lag, int tries) {
        long now = now();
        line.append(client).append(' ').append(counts[client]).append(' ').append(time);
        line.append(' ').append(script).append(' ').append(now / SECOND);
        line.append(' ').append(now % SECOND);
        if (isPaced) {
            line.append(' ').append(lag);
        }
        if (isRetried) {
            line.append(' ').append(tries - 1);
        }
        write();
    }

    private void write() {
        try {
            file.append(line.append('\n'));
        } catch (IOException failed) {
            throw unwritten(failed);
        }
        line.setLength(0);
    }

    private static ScriptException unwritten(IOException failed) {
        return new ScriptException("the log cannot be written: " + failed.getMessage());
    }

    /**
     * Ends the file. An interval that has not ended is not logged.
     *
     * @throws ScriptException if not all of it can be written
     */
    @Override
    public void close() {
        try (file) {
            endIntervals();
        } catch (IOException failed) {
            throw unwritten(failed);
        }
    }
}
