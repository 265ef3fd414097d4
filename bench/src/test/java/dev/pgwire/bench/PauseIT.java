package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that stands still for a moment: what was due meanwhile is late, and counted so. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class PauseIT {
    /** How long the server stands still, at least. */
    private static final double STOP_MILLIS = 2000;

    @TempDir
    private Path files;

    private static BenchDatabase database;

    @BeforeAll
    static void make() {
        database = BenchDatabase.made("bench_pause");
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void aServerThatStandsStillShowsInThePercentiles() throws Exception {
        Path json = files.resolve("result.json");
        CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> Ended.withScript(
                "SELECT 'paused' AS a;",
                database.dsn(),
                "-n",
                "-f",
                "-",
                "-t",
                "1200",
                "-c",
                "2",
                "-R",
                "400",
                "--json",
                json.toString(),
                "--charts",
                files.toString()));
        double stopped = stopAll();
        running.get(100, TimeUnit.SECONDS).well();
        JsonObject percentiles =
                JsonParser.parseString(Files.readString(json)).getAsJsonObject().getAsJsonObject("latencyPercentiles");
        assertTrue(stopped >= STOP_MILLIS);
        // What was due in the first quarter of the stop, about 200, waited for the other three. One in a hundred of all
        // is 24.
        assertTrue(percentiles.get("max").getAsDouble() >= stopped * 3 / 4, percentiles.toString());
        assertTrue(percentiles.get("99").getAsDouble() >= STOP_MILLIS * 3 / 4, percentiles.toString());
        for (String chart : new String[] {"percentiles", "throughput", "latency"}) {
            assertEquals((byte) 'P', Files.readAllBytes(files.resolve(chart + ".png"))[1]);
            assertTrue(Files.readString(files.resolve(chart + ".svg")).contains("<svg"), chart);
        }
    }

    /** Stops the processes of the run when they are there, and has them go on; how long they stood still, in milliseconds. */
    private static double stopAll() throws Exception {
        try (Connection watcher = Postgres.connect(database.dsn())) {
            List<Integer> processes = new ArrayList<>();
            Until.holds(() -> {
                processes.clear();
                for (Row row :
                        watcher.execute("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT ''paused''%'")) {
                    processes.add(row.getInt(0));
                }
                return processes.size() == 2;
            });
            signal("-STOP", processes);
            long from = System.nanoTime();
            try {
                Until.holds(() -> System.nanoTime() - from >= STOP_MILLIS * 1e6);
                return (System.nanoTime() - from) / 1e6;
            } finally {
                signal("-CONT", processes);
            }
        }
    }

    private static void signal(String signal, List<Integer> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Integer.toString(process)));
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }
}
