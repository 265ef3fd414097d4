package dev.pgwire.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/** Waits while the clients run, and adds up what they count. */
final class Measurement {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final Workload workload;
    private final List<Worker> workers;
    private final Hiccups hiccups;
    private final Race.Listener listener;
    private final CountDownLatch running;
    private final Histogram latencies = Worker.histogram();
    private final List<Sample> samples = new ArrayList<>();

    Measurement(
            Settings settings,
            Workload workload,
            List<Worker> workers,
            Hiccups hiccups,
            Race.Listener listener,
            CountDownLatch running) {
        this.settings = settings;
        this.workload = workload;
        this.workers = workers;
        this.hiccups = hiccups;
        this.listener = listener;
        this.running = running;
    }

    /**
     * Makes the run.
     *
     * @param begin has the clients begin, for a measurement that begins at a time
     * @param ended is called when they have ended; whether one of them had to give up
     */
    Result run(LongConsumer begin, double connectMillis, BooleanSupplier ended) throws InterruptedException {
        long measuredFrom = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.warmUp());
        if (settings.warmUp() == 0) {
            measure();
        }
        begin.accept(measuredFrom);
        if (settings.warmUp() > 0) {
            running.await(measuredFrom - System.nanoTime(), TimeUnit.NANOSECONDS);
            measure();
        }
        Surroundings before = Surroundings.now(workers);
        watch(before.nanos());
        Surroundings used = Surroundings.now(workers).since(before);
        boolean aborted = ended.getAsBoolean();
        long end = measuredFrom + settings.seconds() * SECOND;
        return result(connectMillis, used, aborted, Math.min(end, System.nanoTime()));
    }

    /** Counts from now on, and forgets what was counted before. */
    private void measure() {
        long now = System.nanoTime();
        for (Worker worker : workers) {
            synchronized (worker) {
                worker.measure(now);
            }
        }
        hiccups.reset();
    }

    private void watch(long from) throws InterruptedException {
        long sampled = from;
        long told = from;
        Tally before = new Tally();
        boolean over = false;
        for (int step = 1; !over; step++) {
            over = running.await(from + step * SECOND - System.nanoTime(), TimeUnit.NANOSECONDS);
            long now = System.nanoTime();
            Tally total = sample(from, sampled, now);
            sampled = now;
            if (listener.every() > 0 && step % listener.every() == 0 && (!over || step == settings.seconds())) {
                listener.progress((now - from) / 1e9, (now - told) / 1e9, total.since(before));
                before = total;
                told = now;
            }
        }
    }

    /** Takes the latencies of the last second; all that was counted up to now. */
    private Tally sample(long from, long last, long now) {
        Histogram taken = Worker.histogram();
        Tally total = new Tally();
        for (Worker worker : workers) {
            Histogram latest;
            synchronized (worker) {
                latest = worker.takeLatencies();
                worker.tallies().forEach(total::add);
            }
            taken.add(latest);
        }
        latencies.add(taken);
        samples.add(new Sample(
                (now - from) / 1e9,
                (now - last) / 1e9,
                taken.getTotalCount(),
                taken.getValueAtPercentile(50) / 1e6,
                taken.getValueAtPercentile(99) / 1e6,
                taken.getMaxValue() / 1e6));
        return total;
    }

    private Result result(double connectMillis, Surroundings used, boolean aborted, long end) {
        List<Tally> scripts = new ArrayList<>();
        List<List<CommandTally>> commands = new ArrayList<>();
        workload.scripts().forEach(script -> {
            scripts.add(new Tally());
            commands.add(script.commands().stream()
                    .map(command -> new CommandTally())
                    .toList());
        });
        Tally total = new Tally();
        Histogram lags = Worker.histogram();
        double reconnecting = 0;
        long notBegun = 0;
        for (Worker worker : workers) {
            synchronized (worker) {
                for (int i = 0; i < scripts.size(); i++) {
                    scripts.get(i).add(worker.tallies().get(i));
                    total.add(worker.tallies().get(i));
                    for (int k = 0; k < commands.get(i).size(); k++) {
                        commands.get(i).get(k).add(worker.commands().get(i).get(k));
                    }
                }
                lags.add(worker.lags());
                reconnecting += worker.connectMillis();
                notBegun += settings.seconds() == 0 ? 0 : worker.notBegun(end);
            }
        }
        return new Result(
                settings,
                workload,
                used.seconds(),
                settings.reconnects() ? reconnecting / Math.max(1, total.done() + total.failures()) : connectMillis,
                total,
                notBegun,
                scripts,
                commands,
                latencies,
                lags,
                hiccups.late(),
                samples,
                used,
                aborted);
    }
}
