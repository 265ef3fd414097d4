package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Many threads that call again and again, while the server ends connections and threads are interrupted. What the server is asked has
 * the word storm in it. {@code -Dpgwire.storm.threads=10000 -Dpgwire.storm.seconds=60} makes it a large one; on Java 24 and later the
 * threads are virtual.
 */
final class Storm {
    /** How often the server ends a connection. */
    private static final long EVERY_MILLIS = 100;
    /** One thread in this number is interrupted then. */
    private static final int INTERRUPTED_OF = 2_000;
    /** The JDK opens some for the waits of virtual threads; hundreds of connections came and went. */
    private static final int MORE_DESCRIPTORS = 20;
    /** The JDK keeps a buffer for each size that a thread has sent or received from the heap. */
    private static final long MORE_MEMORY = 1024 * 1024;

    private final int callers = Integer.getInteger("pgwire.storm.threads", 200);
    private final int seconds;
    private final HeldResources before = HeldResources.now();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> longest = new ConcurrentHashMap<>();

    /** What a thread does again and again. */
    interface Call {
        /** @param token which this call has for itself */
        void make(Random random, long token);
    }

    /** How many seconds it lasts, unless it is told otherwise. */
    Storm(int seconds) throws IOException {
        this.seconds = Integer.getInteger("pgwire.storm.seconds", seconds);
    }

    /** Lets it happen. Each call must return or throw a {@link PgException}. */
    void rage(Seed seed, Call call) throws Exception {
        ExecutorService threads = Runtime.version().feature() >= VirtualThreads.FIRST_GOOD_JAVA
                ? VirtualThreads.executor()
                : Executors.newCachedThreadPool();
        AtomicReferenceArray<Thread> running = new AtomicReferenceArray<>(callers);
        List<Future<?>> all = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < callers; i++) {
            int number = i;
            Random random = seed.random(i);
            all.add(threads.submit(() -> {
                running.set(number, Thread.currentThread());
                while (System.nanoTime() < until) {
                    make(call, random);
                }
                running.set(number, null);
            }));
        }
        Random random = seed.random(callers);
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            while (System.nanoTime() < until) {
                Thread.sleep(EVERY_MILLIS);
                for (int i = 0; i < callers; i += INTERRUPTED_OF) {
                    Thread struck = running.get(random.nextInt(callers));
                    if (struck != null) {
                        struck.interrupt();
                    }
                }
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND query LIKE '%storm%'"
                        + " ORDER BY random() LIMIT 1");
            }
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();
        System.out.println(this);
    }

    private void make(Call call, Random random) {
        try {
            call.make(random, tokens.incrementAndGet());
        } catch (PgException failure) {
            failures.incrementAndGet();
            kinds.computeIfAbsent(failure.getClass().getSimpleName(), name -> new AtomicLong())
                    .incrementAndGet();
        } finally {
            // The next call begins without the interrupt of this one.
            Thread.interrupted();
        }
    }

    /** An answer came, which must be that of the call. */
    void answered(long token, Row row) {
        assertEquals(token, row.getLong(0));
        answers.incrementAndGet();
    }

    /** Something that is bounded has begun at a value of {@link System#nanoTime}, and is over. */
    void lasted(String what, long since) {
        longest.computeIfAbsent(what, name -> new AtomicLong())
                .accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since), Math::max);
    }

    /** Checks that at least this part of all calls was answered. */
    void assertAnswered(double part) {
        long answered = answers.get();
        assertTrue(answered >= part * (answered + failures.get()), this::toString);
    }

    /** Checks that something lasted no longer than this. */
    void assertLasted(String what, long millis) {
        AtomicLong found = longest.getOrDefault(what, new AtomicLong());
        assertTrue(found.get() <= millis, () -> what + " was to last " + millis + " ms at most: " + this);
    }

    /** Checks that what was taken since the storm was made was given back, now that the pool is closed. */
    void assertNothingIsLeft() throws Exception {
        HeldResources after = HeldResources.now();
        // Threads end when they have had nothing to do for some seconds; on newer JDKs Netty leaves memory to the
        // collector.
        for (int i = 0; i < 150 && !left(after).isEmpty(); i++) {
            System.gc();
            Thread.sleep(100);
            after = HeldResources.now();
        }
        assertEquals(Map.of(), left(after));
        System.out.println("sockets and selectors " + before.descriptors().size() + " before, "
                + after.descriptors().size() + " after; bytes outside the heap " + before.nettyMemory() + " and "
                + before.directMemory() + " before, " + after.nettyMemory() + " and " + after.directMemory()
                + " after");
    }

    private Map<String, Object> left(HeldResources after) {
        Map<String, Object> left = new TreeMap<>();
        List<String> threads = after.threads().stream()
                // The one that looks for forgotten connections lives as long as the process.
                .filter(name -> name.startsWith("pgwire-") && !name.equals("pgwire-cleaner"))
                .filter(name -> !before.threads().contains(name))
                .toList();
        if (!threads.isEmpty()) {
            left.put("threads", threads);
        }
        int descriptors = after.descriptors().size() - before.descriptors().size();
        if (descriptors > MORE_DESCRIPTORS) {
            left.put("descriptors", descriptors);
        }
        if (after.nettyMemory() > before.nettyMemory()) {
            left.put("memory of Netty's", after.nettyMemory() - before.nettyMemory());
        }
        if (after.directMemory() - before.directMemory() > MORE_MEMORY) {
            left.put("memory outside the heap", after.directMemory() - before.directMemory());
        }
        return left;
    }

    @Override
    public String toString() {
        return callers + " threads, " + seconds + " s: " + answers + " answers, " + failures + " exceptions "
                + new TreeMap<>(kinds) + ", longest in ms " + new TreeMap<>(longest);
    }
}
