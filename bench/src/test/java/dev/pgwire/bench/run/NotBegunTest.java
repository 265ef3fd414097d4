package dev.pgwire.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.bench.report.TextReport;
import dev.pgwire.bench.script.Names;
import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotBegunTest {
    private static final long SECOND = 1_000_000_000L;

    private static Settings settings(double rate, int depth) {
        return new Settings(2, 1, Mode.PREPARED, 0, 2, 0, rate, 0, 1, false, false, false, depth, 0, null);
    }

    private static Workload workload() {
        Names names = new Names();
        return new Workload(List.of(Script.parse("s", 1, "SELECT 1;", names)), names, Map.of(), 1, null, 7);
    }

    private static List<String> report(Settings settings, int done, long notBegun) {
        return report(settings, done, notBegun, 0);
    }

    private static List<String> report(Settings settings, int done, long notBegun, long loopNanos) {
        Tally total = new Tally();
        for (int i = 0; i < done; i++) {
            total.done(1, 0, false);
        }
        Surroundings used = new Surroundings(2 * SECOND, 0, loopNanos, 0, 0, 0, 0);
        Result result = new Result(
                settings,
                workload(),
                2,
                0,
                total,
                notBegun,
                List.of(total),
                List.of(List.of(new CommandTally())),
                Worker.histogram(),
                Worker.histogram(),
                Worker.histogram(),
                List.of(),
                used,
                false);
        return TextReport.lines(result, false, false);
    }

    @Test
    void whatNoClientHasDrawnIsAsMuchAsTheRateHasIt() {
        Worker worker = new Worker(workload(), settings(100, 1), new RandomSource(1));
        worker.begin(SECOND);
        assertEquals(200, worker.notBegun(3 * SECOND));
        worker.missed();
        assertEquals(201, worker.notBegun(3 * SECOND));
        assertEquals(1, worker.notBegun(SECOND - 1));
        Worker closed = new Worker(workload(), settings(0, 1), new RandomSource(1));
        assertEquals(0, closed.notBegun(3 * SECOND));
    }

    /** Else a program that is not warm yet would be measured for seconds with what it has left undone before. */
    @Test
    void whatWasDueInTheWarmUpIsOfTheWarmUp() {
        Worker worker = new Worker(workload(), settings(100, 1), new RandomSource(1));
        worker.measure(SECOND);
        worker.begin(SECOND);
        assertTrue(worker.nextDue() < 2 * SECOND);
        worker.measure(3 * SECOND);
        assertFalse(worker.counts(2 * SECOND));
        assertTrue(worker.counts(3 * SECOND));
        assertEquals(200, worker.notBegun(5 * SECOND));
        assertTrue(worker.nextDue() >= 3 * SECOND);
        long ahead = 0;
        while (ahead < 4 * SECOND) {
            ahead = worker.nextDue();
        }
        worker.measure(3 * SECOND);
        assertTrue(worker.nextDue() >= ahead, "what is due later stays so");
        Worker closed = new Worker(workload(), settings(0, 1), new RandomSource(1));
        closed.measure(3 * SECOND);
        assertTrue(closed.counts(2 * SECOND));
    }

    @Test
    void whatWasDueAndNeverBegunIsToldAndWarnedOfIfItIsMuch() {
        List<String> much = report(settings(100, 1), 98, 2);
        assertTrue(much.contains("transactions due but not begun: 2"), much.toString());
        assertTrue(much.stream().anyMatch(line -> line.startsWith("WARNING: 2.0% of the transactions")));
        List<String> little = report(settings(100, 1), 99, 1);
        assertTrue(little.contains("transactions due but not begun: 1"), little.toString());
        assertFalse(little.stream().anyMatch(line -> line.startsWith("WARNING: ")));
        assertFalse(report(settings(0, 1), 99, 0).stream().anyMatch(line -> line.contains("not begun")));
    }

    @Test
    void moreEventLoopsAreAdvisedOnlyIfTheyAreTheRuns() {
        String busy =
                "WARNING: the client was the bottleneck: its event loops were busy 95% of the time, expected at most 90%";
        Settings own = settings(0, 1);
        Settings lanes = new Settings(2, 1, Mode.PREPARED, 0, 2, 0, 0, 0, 1, false, false, false, 1, 2, null);
        assertTrue(report(own, 1, 0, SECOND * 19 / 10).contains(busy + "; try more of them with -j"));
        assertTrue(report(lanes, 1, 0, SECOND * 19 / 10).contains(busy));
    }

    @Test
    void theAverageOfAPipelineIsThatOfEachOfItsTransactions() {
        assertTrue(report(settings(0, 1), 100, 0).contains("latency average = 40.000 ms"));
        assertTrue(report(settings(0, 8), 100, 0).contains("latency average = 320.000 ms"));
    }

    @Test
    void theThreadOfAnyLoopIsTakenNoteOf() {
        for (String name : new String[] {"pgwire-own-loop-1-1", "pgwire-loop-1-1"}) {
            Worker worker = new Worker(workload(), settings(0, 1), new RandomSource(1));
            worker.runsOn(new Thread(() -> {}, "pgwire-bench-pacer"));
            assertNull(worker.loop());
            worker.runsOn(new Thread(() -> {}, name));
            assertNotNull(worker.loop());
        }
    }
}
