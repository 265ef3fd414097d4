package dev.pgwire.bench.run;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.bench.script.Variables;
import dev.pgwire.error.PgException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One client: it runs transaction after transaction. It is called under the monitor of its worker, on whatever thread. */
final class Client extends ClientScript {
    private final int id;
    private final Quota quota;
    private final Variables variablesBefore;
    private final RandomSource randomBefore = new RandomSource(0);
    private int tries;
    private long begun;
    private Failure failure = Failure.OTHER;

    Client(int id, Race race, Worker worker, Quota quota, Variables variables, RandomSource random) {
        super(race, worker, variables, random);
        this.id = id;
        this.quota = quota;
        this.variablesBefore = variables.copy();
    }

    /** Its first transaction. */
    void begin() {
        synchronized (worker) {
            try {
                go(next(System.nanoTime()));
            } catch (Throwable failed) {
                abort(failed);
            }
        }
    }

    /** Called by the pacer. */
    @Override
    public void run() {
        synchronized (worker) {
            try {
                long now = System.nanoTime();
                if (wait == Wait.PAUSE) {
                    answered(null);
                    go(true);
                } else {
                    worker.woke(now - scheduled);
                    go(start(now));
                }
            } catch (Throwable failed) {
                abort(failed);
            }
        }
    }

    /** Called by what was sent. */
    @Override
    public void accept(@Nullable Object answer, @Nullable Throwable thrown) {
        synchronized (worker) {
            worker.runsOn(Thread.currentThread());
            try {
                go(thrown == null ? came(answer) : failed(thrown));
            } catch (Throwable failed) {
                abort(failed);
            }
        }
    }

    /**
     * Runs commands, and transactions, until there is something to wait for.
     *
     * @param goes whether there is something to run
     */
    private void go(boolean goes) {
        boolean more = goes;
        while (more) {
            more = commands() && endOfScript();
        }
    }

    private boolean came(@Nullable Object answer) {
        if (wait == Wait.ROLLBACK) {
            return repeatOrGiveUp();
        }
        if (answer instanceof AsyncConnection connection) {
            links(Link.own(connection, settings.mode(), race.workload().names()));
            long now = System.nanoTime();
            if (worker.counts(scheduled)) {
                worker.connected(now - begun);
            }
            // As with pgbench, to connect is no part of the transaction.
            begun = now;
            if (settings.rate() == 0) {
                scheduled = now;
            }
        } else {
            answered(answer);
        }
        return true;
    }

    /** Begins the next transaction; false if it is not due yet, or there is none. */
    private boolean next(long now) {
        if (race.isOver(now) || !quota.take()) {
            return finish();
        }
        chosen = worker.choose();
        script = race.workload().scripts().get(chosen);
        tries = 1;
        if (settings.rate() == 0) {
            scheduled = now;
            return start(now);
        }
        scheduled = worker.nextDue();
        while (settings.limitNanos() > 0 && scheduled < now - settings.limitNanos()) {
            worker.skipped(id, chosen);
            if (race.isOver(now) || !quota.take()) {
                return finish();
            }
            scheduled = worker.nextDue();
        }
        if (race.isOver(scheduled)) {
            return finish();
        }
        if (scheduled <= now) {
            return start(now);
        }
        wait = Wait.DUE;
        race.pacer().at(scheduled, this);
        return false;
    }

    private boolean finish() {
        race.finished();
        return false;
    }

    private boolean start(long now) {
        if (race.isOver(now)) {
            worker.missed();
            return finish();
        }
        begun = now;
        at = 0;
        if (settings.tries() != 1) {
            randomBefore.set(scope.random());
            variablesBefore.set(variables);
        }
        if (link != null) {
            return true;
        }
        wait = Wait.CONNECTION;
        race.connect(id).whenComplete(this);
        return false;
    }

    private boolean endOfScript() {
        long now = System.nanoTime();
        if (worker.counts(scheduled)) {
            worker.done(id, chosen, now - scheduled, begun - scheduled, tries);
        }
        if (link != null && !link.isIdle()) {
            throw new ScriptException("the script ends in a transaction, expected COMMIT or ROLLBACK");
        }
        return ended(now);
    }

    private boolean ended(long now) {
        if (settings.reconnects()) {
            disconnect();
        }
        return next(now);
    }

    private void disconnect() {
        AsyncConnection connection = connection();
        if (connection != null) {
            connection.close();
        }
        links(null);
    }

    private boolean failed(Throwable thrown) {
        Failure kind = Failure.of(thrown);
        String why = String.valueOf(Failure.cause(thrown).getMessage());
        if (kind == Failure.OTHER || wait == Wait.ROLLBACK || wait == Wait.CONNECTION) {
            throw new ScriptException(why);
        }
        if (settings.verbose()) {
            race.tell("client " + id + " got an error in command " + at + " of script " + chosen + ": " + why);
        }
        failure = kind;
        AsyncConnection connection = connection();
        if (connection == null || (link != null && link.isIdle())) {
            return repeatOrGiveUp();
        }
        wait = Wait.ROLLBACK;
        connection.executeSimple("ROLLBACK").whenComplete(this);
        return false;
    }

    private boolean repeatOrGiveUp() {
        long now = System.nanoTime();
        if (race.isOver(now)) {
            return finish();
        }
        boolean hasTries = settings.tries() == 0 || tries < settings.tries();
        boolean hasTime = settings.limitNanos() == 0 || now - scheduled <= settings.limitNanos();
        if (!hasTries || !hasTime) {
            tally().failed();
            tell("gives the transaction up", now);
            if (worker.counts(scheduled)) {
                worker.failed(id, chosen, failure, tries);
            }
            return ended(now);
        }
        tally().retried();
        tell("tries the transaction again", now);
        tries++;
        scope.random().set(randomBefore);
        variables.set(variablesBefore);
        at = 0;
        return true;
    }

    /** Tells what comes of a failure, and what was used of what it may use. */
    private void tell(String what, long now) {
        if (settings.verbose()) {
            String most = settings.tries() == 0 ? "" : " of " + settings.tries();
            String limit = settings.limitNanos() == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", after %.3f%% of the latency limit",
                            100.0 * (now - scheduled) / settings.limitNanos());
            race.tell("client " + id + " " + what + " (try " + tries + most + limit + ")");
        }
    }

    /** Gives up. Whatever was thrown: what calls the client would lose it, and the run would wait for the client for ever. */
    private void abort(Throwable thrown) {
        boolean isKnown = thrown instanceof ScriptException || thrown instanceof PgException;
        String why = isKnown ? String.valueOf(thrown.getMessage()) : thrown.toString();
        if (settings.reconnects()) {
            disconnect();
        }
        race.aborted("client " + id + " aborted in command " + at + " of script " + chosen + "; " + why);
    }
}
