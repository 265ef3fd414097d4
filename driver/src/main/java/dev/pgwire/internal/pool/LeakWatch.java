package dev.pgwire.internal.pool;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds out which connections of a pool are not given back, and tells where they were borrowed. */
final class LeakWatch {
    /** One borrower of this number keeps its stack; a power of two. */
    private static final int SAMPLE = 64;

    private final PoolConfig config;
    private final long longest;

    LeakWatch(PoolConfig config) {
        this.config = config;
        this.longest = config.leakAfter().toNanos();
    }

    /** A borrower has come. */
    void begins(Loan<?> loan) {
        LeakDetection how = config.leakDetection();
        if (how == LeakDetection.ALWAYS
                || (how == LeakDetection.SAMPLED && (ThreadLocalRandom.current().nextInt() & (SAMPLE - 1)) == 0)) {
            loan.keepStack("a connection of pool " + config.name() + " was borrowed here");
        }
    }

    /** Whether a loan is to be taken back, because its borrower cannot give it back any more. */
    boolean isForgotten(Loan<?> loan) {
        if (config.leakDetection() == LeakDetection.OFF || !loan.isForgotten()) {
            return false;
        }
        // A compiler may count it as forgotten while its last call is about to begin: that shows at the next look.
        return loan.suspect() && !loan.held().isInUse();
    }

    /** Whether a loan lasts so long that it is to be reported, which it was not before. */
    boolean isLong(Loan<?> loan, long now) {
        return config.leakDetection() != LeakDetection.OFF
                && longest > 0
                && now - loan.servedAt() > longest
                && loan.report();
    }

    /** Logs a loan, which its borrower has forgotten or has for long. */
    void report(Loan<?> loan, boolean forgotten, long now) {
        String what =
                forgotten ? "was never given back and is not reachable any more, so it is closed" : "is not given back";
        String sql = loan.sql();
        Throwable birth = loan.birth();
        String text = "a connection of pool " + config.name() + " " + what + ": " + loan.borrower() + " borrowed it "
                + Shortage.seconds(Duration.ofNanos(now - loan.servedAt())) + " ago"
                + (sql == null ? "" : ", and ran first: " + SqlExcerpt.of(sql)) + hint(birth);
        if (birth == null) {
            Log.warn(text);
        } else {
            Log.warn(text, birth);
        }
    }

    private static String hint(@Nullable Throwable birth) {
        return birth == null ? "; leakDetection ALWAYS shows where" : "";
    }
}
