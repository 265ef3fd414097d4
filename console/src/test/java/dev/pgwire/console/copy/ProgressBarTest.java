package dev.pgwire.console.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now = 5;

    private ProgressBar bar(long total) {
        return new ProgressBar(new PrintStream(shown, false, UTF_8), total, () -> now);
    }

    @Test
    void partOfAKnownSizeIsABar() {
        ProgressBar bar = bar(4_000_000);
        now += 2 * SECOND;
        bar.moved(1_000_000, 0);

        assertEquals("\r[#######                       ] 25% 1.0 MB of 4.0 MB, 500.0 kB/s", shown.toString(UTF_8));
    }

    @Test
    void bytesAndRowsAreToldWhereTheSizeIsNotKnown() {
        ProgressBar bar = bar(CopyEnd.UNKNOWN);
        now += SECOND;
        bar.moved(999, 1234);

        assertEquals("\r999 bytes, 1,234 rows, 999 bytes/s", shown.toString(UTF_8));
    }

    @Test
    void shortCopyShowsNothing() {
        ProgressBar bar = bar(10);
        now += SECOND / 2 - 1;
        bar.moved(10, 0);
        bar.end();

        assertEquals("", shown.toString(UTF_8));
    }

    @Test
    void notEveryMoveIsShownAndTheEndCleansTheLine() {
        ProgressBar bar = bar(CopyEnd.UNKNOWN);
        now += SECOND;
        bar.moved(1, 0);
        now += SECOND / 10 - 1;
        bar.moved(2, 0);
        bar.end();

        assertEquals("\r1 bytes, 1 bytes/s\r" + " ".repeat(18) + "\r", shown.toString(UTF_8));
    }

    @Test
    void fileThatGrowsIsNeverMoreThanRead() {
        ProgressBar bar = bar(10);
        now += SECOND;
        bar.moved(20, 0);

        assertEquals("\r[##############################] 100% 20 bytes of 10 bytes, 20 bytes/s", shown.toString(UTF_8));
    }
}
