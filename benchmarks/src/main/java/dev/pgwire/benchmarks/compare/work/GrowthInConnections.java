package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.server.PointTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** P12: the cost of a point select on one to 64 connections at once, a thread for each; connecting is not counted. */
final class GrowthInConnections implements GrowthWork {
    private static final String SQL = PointTable.select("$1");

    @Override
    public String unit() {
        return "query";
    }

    @Override
    public String grows() {
        return "by connections at work";
    }

    @Override
    public List<Integer> sizes(Extent extent) {
        return List.of(1, 4, 16, 64);
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(15, 5);
    }

    @Override
    public Map<String, Double> measure(Assignment assignment, int size) throws Exception {
        int each = assignment.extent().choose(16_000, 4_000) / size;
        List<Connection> connections = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            for (int i = 0; i < size; i++) {
                connections.add(Postgres.connect(assignment.address().config()));
                select(connections.get(i), 1);
            }
            Clock clock = new Clock();
            List<Future<?>> running = new ArrayList<>();
            for (Connection connection : connections) {
                running.add(threads.submit(() -> select(connection, each)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return clock.per((long) each * size);
        } finally {
            threads.shutdownNow();
            connections.forEach(Connection::close);
        }
    }

    private static void select(Connection connection, int times) {
        try (Cursor cursor = connection.cursor()) {
            for (int key = 1; key <= times; key++) {
                cursor.execute(SQL, key);
                cursor.next();
            }
        }
    }
}
