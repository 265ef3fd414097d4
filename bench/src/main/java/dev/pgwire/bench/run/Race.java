package dev.pgwire.bench.run;

import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.EventLoops;
import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.config.Config;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run, from the connections to the result. */
public final class Race {
    private final Config config;
    private final Settings settings;
    private final Workload workload;
    private final Listener listener;
    private final Pacer pacer = new Pacer();
    private final List<EventLoops> loops = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final int[] loopOf;
    private final List<AsyncConnection> connections = new ArrayList<>();
    private final CountDownLatch running;
    private volatile long end = Long.MAX_VALUE;
    private volatile boolean aborted;

    /** Who is told how it goes. */
    public interface Listener {
        /** Something for people to read. */
        void tell(String line);

        /** What came since the last time, and how long after the begin of the measurement. */
        void progress(double seconds, double length, Tally since);

        /** How often progress is told, in seconds; 0 for never. */
        int every();
    }

    private Race(Config config, Settings settings, Workload workload, Listener listener) {
        this.config = config;
        this.settings = settings;
        this.workload = workload;
        this.listener = listener;
        this.loopOf = new int[settings.clients()];
        this.running = new CountDownLatch(settings.clients() * settings.depth());
    }

    /**
     * Makes a run.
     *
     * @throws dev.pgwire.error.PgException if the clients cannot connect
     * @throws IOException if no log can be written
     */
    public static Result run(Config config, Settings settings, Workload workload, Listener listener)
            throws IOException, InterruptedException {
        return new Race(config, settings, workload, listener).run();
    }

    Settings settings() {
        return settings;
    }

    Workload workload() {
        return workload;
    }

    Pacer pacer() {
        return pacer;
    }

    void tell(String line) {
        listener.tell(line);
    }

    boolean isOver(long nanos) {
        return nanos - end >= 0 && end != Long.MAX_VALUE;
    }

    void finished() {
        running.countDown();
    }

    void aborted(String why) {
        aborted = true;
        tell("error: " + why);
        running.countDown();
    }

    CompletableFuture<AsyncConnection> connect(int client) {
        return Postgres.connectAsync(config, loops.get(loopOf[client]));
    }

    private Result run() throws IOException, InterruptedException {
        deal();
        pacer.start();
        Pool pool = settings.lanes() == 0 ? null : pool();
        try (Hiccups hiccups = new Hiccups()) {
            hiccups.start();
            openLogs();
            long begun = System.nanoTime();
            if (pool != null) {
                Link shared = Link.shared(pool.async());
                pool.execute("SELECT 1");
                clients.forEach(client -> client.links(shared));
            } else if (!settings.reconnects()) {
                connect();
            }
            double connectMillis = (System.nanoTime() - begun) / 1e6;
            return new Measurement(settings, workload, workers, hiccups, listener, running)
                    .run(this::begin, connectMillis, this::end);
        } finally {
            closeLogs();
            pacer.close();
            connections.forEach(AsyncConnection::close);
            loops.forEach(EventLoops::close);
            if (pool != null) {
                pool.close();
            }
        }
    }

    private void openLogs() throws IOException {
        LogSettings log = settings.log();
        if (log != null) {
            for (int loop = 0; loop < workers.size(); loop++) {
                Worker worker = workers.get(loop);
                TransactionLog opened = TransactionLog.open(log, settings, loop, worker.sampling());
                synchronized (worker) {
                    worker.logs(opened);
                }
            }
        }
    }

    private void closeLogs() {
        for (Worker worker : workers) {
            synchronized (worker) {
                try {
                    worker.endLog();
                } catch (ScriptException failed) {
                    aborted = true;
                    tell("error: " + failed.getMessage());
                }
            }
        }
    }

    /** The clients have ended; whether one of them, or a log, had to give up. */
    private boolean end() {
        closeLogs();
        return aborted;
    }

    /** A pool has one more, for what cannot be shared: nothing here needs it. */
    private Pool pool() {
        return Postgres.pool(PoolConfig.builder(config)
                .lanes(settings.lanes())
                .maxSize(settings.lanes() + 1)
                .maxWaiters(Integer.MAX_VALUE)
                .build());
    }

    /** Makes the clients, and spreads them over the loops. The random numbers are dealt out in the order in which pgbench does it. */
    private void deal() {
        RandomSource base = new RandomSource(workload.seed());
        List<RandomSource> randoms = new ArrayList<>();
        for (int i = 0; i < settings.clients(); i++) {
            randoms.add(base.split());
        }
        long defaultSeed = workload.defined().containsKey("default_seed") ? 0 : base.nextLong();
        int dealt = 0;
        for (int loop = 0; loop < settings.loops(); loop++) {
            loops.add(EventLoops.of(1));
            Worker worker = new Worker(workload, settings, base);
            workers.add(worker);
            int behind = dealt + (settings.clients() - dealt + settings.loops() - loop - 1) / (settings.loops() - loop);
            for (; dealt < behind; dealt++) {
                loopOf[dealt] = loop;
                Quota quota = new Quota(settings.transactions());
                for (int i = 0; i < settings.depth(); i++) {
                    RandomSource random =
                            i == 0 ? randoms.get(dealt) : randoms.get(dealt).split();
                    clients.add(new Client(dealt, this, worker, quota, workload.variables(dealt, defaultSeed), random));
                }
            }
        }
    }

    private void connect() {
        List<CompletableFuture<AsyncConnection>> coming = new ArrayList<>();
        for (int i = 0; i < settings.clients(); i++) {
            coming.add(connect(i));
        }
        @Nullable RuntimeException failure = null;
        for (int i = 0; i < settings.clients(); i++) {
            try {
                AsyncConnection connection = coming.get(i).join();
                connections.add(connection);
                Link link = Link.own(connection, settings.mode(), workload.names());
                for (int k = 0; k < settings.depth(); k++) {
                    clients.get(i * settings.depth() + k).links(link);
                }
            } catch (CompletionException failed) {
                failure = Failure.cause(failed) instanceof RuntimeException cause ? cause : failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Has the clients begin; the measurement may be still to come. */
    private void begin(long measuredFrom) {
        if (settings.seconds() > 0) {
            end = measuredFrom + TimeUnit.SECONDS.toNanos(settings.seconds());
        }
        long now = System.nanoTime();
        for (Worker worker : workers) {
            synchronized (worker) {
                worker.begin(now);
            }
        }
        clients.forEach(Client::begin);
    }
}
