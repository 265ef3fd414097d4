package dev.pgwire.bench.run;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.bench.script.Command;
import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.Scope;
import dev.pgwire.bench.script.Script;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.bench.script.Variables;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One client: it runs transaction after transaction, and waits for nothing. What it waits for calls it, on whatever thread. */
final class Client implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {
    // HOT: see docs/bench.md.
    private final int id;
    private final Race race;
    private final Worker worker;
    private final Settings settings;
    private final Variables variables;
    private final Scope scope;
    private final Variables variablesBefore;
    private final RandomSource randomBefore;
    private @Nullable Link own;
    private @Nullable Link link;
    private Wait wait = Wait.NOTHING;
    private int chosen;
    private Script script;
    private int at;
    private final Quota quota;
    private int tries;
    private long scheduled;
    private long begun;
    private long commandBegun;
    private Failure failure = Failure.OTHER;

    /** What calls it next. */
    private enum Wait {
        NOTHING,
        CONNECTION,
        DUE,
        PAUSE,
        STATEMENT,
        PIPELINE,
        ROLLBACK
    }

    Client(int id, Race race, Worker worker, Quota quota, Variables variables, RandomSource random) {
        this.id = id;
        this.quota = quota;
        this.race = race;
        this.worker = worker;
        this.settings = race.settings();
        this.variables = variables;
        this.scope = new Scope(variables, random, this::debug);
        this.variablesBefore = variables.copy();
        this.randomBefore = new RandomSource(0);
        this.script = race.workload().scripts().get(0);
    }

    private void debug(String text) {
        race.tell("debug(script=" + chosen + ",command=" + (at + 1) + "): " + text);
    }

    /** Gives it a link for all of its transactions. */
    void links(Link given) {
        own = given;
        link = given;
    }

    /** Its first transaction. */
    void begin() {
        synchronized (worker) {
            next(System.nanoTime());
        }
    }

    /** Called by the pacer. */
    @Override
    public void run() {
        synchronized (worker) {
            try {
                wake(System.nanoTime());
            } catch (RuntimeException unexpected) {
                abort(unexpected.toString());
            }
        }
    }

    private void wake(long now) {
        if (wait == Wait.PAUSE) {
            endCommand();
            commands();
            return;
        }
        worker.woke(now - scheduled);
        if (race.isOver(now)) {
            race.finished();
        } else {
            start(now);
        }
    }

    /** Called by what was sent. */
    @Override
    public void accept(@Nullable Object answer, @Nullable Throwable thrown) {
        synchronized (worker) {
            worker.runsOn(Thread.currentThread());
            try {
                if (thrown != null) {
                    failed(thrown);
                } else {
                    answered(answer);
                }
            } catch (RuntimeException unexpected) {
                abort(unexpected.toString());
            }
        }
    }

    private void answered(@Nullable Object answer) {
        switch (wait) {
            case CONNECTION:
                if (answer instanceof AsyncConnection connection) {
                    links(Link.own(connection, settings.mode(), race.workload().names()));
                    worker.connected(System.nanoTime() - begun);
                }
                commands();
                break;
            case ROLLBACK:
                repeatOrGiveUp();
                break;
            case STATEMENT:
                if (keeps(answer)) {
                    endCommand();
                    commands();
                }
                break;
            default:
                endCommand();
                commands();
        }
    }

    private boolean keeps(@Nullable Object answer) {
        Command.Sql sql = (Command.Sql) script.commands().get(at);
        if (sql.keep() != Command.Keep.NOTHING && answer instanceof Answer rows) {
            try {
                Kept.keep(sql, rows, variables);
            } catch (ScriptException refused) {
                abort(String.valueOf(refused.getMessage()));
                return false;
            }
        }
        return true;
    }

    /** Between two transactions. */
    private void next(long now) {
        if (race.isOver(now) || !quota.take()) {
            race.finished();
            return;
        }
        chosen = worker.choose();
        script = race.workload().scripts().get(chosen);
        tries = 1;
        if (settings.rate() == 0) {
            scheduled = now;
            start(now);
            return;
        }
        scheduled = worker.nextDue();
        while (settings.limitNanos() > 0 && scheduled < now - settings.limitNanos()) {
            worker.skipped(chosen);
            if (race.isOver(now) || !quota.take()) {
                race.finished();
                return;
            }
            scheduled = worker.nextDue();
        }
        if (race.isOver(scheduled)) {
            race.finished();
        } else if (now < scheduled) {
            wait = Wait.DUE;
            race.pacer().at(scheduled, this);
        } else {
            start(now);
        }
    }

    private void start(long now) {
        begun = now;
        at = 0;
        if (settings.tries() != 1) {
            randomBefore.set(scope.random());
            variablesBefore.set(variables);
        }
        if (link == null) {
            wait = Wait.CONNECTION;
            race.connect(id).whenComplete(this);
        } else {
            commands();
        }
    }

    /** Goes on in the script until there is something to wait for. */
    private void commands() {
        try {
            while (at < script.commands().size()) {
                if (settings.commands()) {
                    commandBegun = System.nanoTime();
                }
                if (!command(script.commands().get(at))) {
                    return;
                }
            }
            endOfScript();
        } catch (ScriptException | PgException refused) {
            abort(String.valueOf(refused.getMessage()));
        }
    }

    /** Runs a command; whether it is done already. */
    private boolean command(Command command) {
        if (command instanceof Command.Sql sql) {
            return sql(sql);
        }
        if (command instanceof Command.Set set) {
            set.run(scope);
        } else if (command instanceof Command.Sleep sleep) {
            wait = Wait.PAUSE;
            race.pacer().at(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(sleep.micros(variables)), this);
            return false;
        } else if (command instanceof Command.Condition condition) {
            branch(condition);
            return true;
        } else if (command instanceof Command.Else) {
            // The branch before it was taken.
            at = script.end(at);
            return true;
        } else if (command instanceof Command.StartPipeline) {
            startPipeline();
        } else if (command instanceof Command.SyncPipeline) {
            pipeline().pipeline().sync();
        } else if (command instanceof Command.EndPipeline) {
            return endPipeline();
        }
        endCommand();
        return true;
    }

    private boolean sql(Command.Sql sql) {
        Link to = link;
        if (to == null) {
            throw new ScriptException("there is no connection");
        }
        if (to instanceof Link.Pipelined) {
            if (sql.keep() != Command.Keep.NOTHING) {
                throw new ScriptException(
                        "\\gset and \\aset are not allowed in a pipeline: its answers come with its end");
            }
            to.send(sql.sql(), variables);
            endCommand();
            return true;
        }
        wait = Wait.STATEMENT;
        CompletableFuture<Answer> sent = to.send(sql.sql(), variables);
        sent.whenComplete(this);
        return false;
    }

    private void branch(Command.Condition arrived) {
        if (arrived.continues()) {
            at = script.end(at);
            return;
        }
        Command branch = arrived;
        while (branch instanceof Command.Condition condition && !condition.holds(scope)) {
            endCommandOf(at);
            at = script.branch(at);
            branch = script.commands().get(at);
        }
        endCommand();
    }

    private Link.Pipelined pipeline() {
        if (link instanceof Link.Pipelined pipelined) {
            return pipelined;
        }
        throw new ScriptException("there is no pipeline, expected \\startpipeline before");
    }

    private void startPipeline() {
        AsyncConnection connection = link == null ? null : link.connection();
        if (connection == null || settings.mode() == Mode.SIMPLE || link instanceof Link.Pipelined) {
            throw new ScriptException("\\startpipeline begins no pipeline here, expected -M extended or prepared,"
                    + " a connection of the client's own, and \\endpipeline of the one before");
        }
        link = new Link.Pipelined(connection, connection.pipeline());
    }

    private boolean endPipeline() {
        Link.Pipelined pipelined = pipeline();
        link = own;
        wait = Wait.PIPELINE;
        pipelined.pipeline().sync().whenComplete(this);
        return false;
    }

    private void endCommand() {
        endCommandOf(at);
        at++;
    }

    private void endCommandOf(int command) {
        if (settings.commands()) {
            worker.command(chosen, command).took(System.nanoTime() - commandBegun);
        }
    }

    private void endOfScript() {
        if (link instanceof Link.Pipelined) {
            abort("the script ends in a pipeline, expected \\endpipeline");
            return;
        }
        long now = System.nanoTime();
        worker.done(chosen, now - scheduled, begun - scheduled, tries);
        if (link != null && !link.isIdle()) {
            abort("the script ends in a transaction, expected COMMIT or ROLLBACK");
            return;
        }
        ended(now);
    }

    private void ended(long now) {
        AsyncConnection connection = link == null ? null : link.connection();
        if (settings.reconnects() && connection != null) {
            connection.close();
            own = null;
            link = null;
        }
        next(now);
    }

    private void failed(Throwable thrown) {
        Failure kind = Failure.of(thrown);
        if (kind == Failure.OTHER || wait == Wait.ROLLBACK || wait == Wait.CONNECTION) {
            abort(String.valueOf(Failure.cause(thrown).getMessage()));
            return;
        }
        if (settings.verbose()) {
            race.tell("client " + id + " got an error in command " + at + " of script " + chosen + ": "
                    + Failure.cause(thrown).getMessage());
        }
        failure = kind;
        link = own;
        AsyncConnection connection = link == null ? null : link.connection();
        if (connection != null && link != null && !link.isIdle()) {
            wait = Wait.ROLLBACK;
            connection.executeSimple("ROLLBACK").whenComplete(this);
        } else {
            repeatOrGiveUp();
        }
    }

    private void repeatOrGiveUp() {
        long now = System.nanoTime();
        boolean hasTries = settings.tries() == 0 || tries < settings.tries();
        boolean hasTime = settings.limitNanos() == 0 || now - scheduled <= settings.limitNanos();
        if (race.isOver(now)) {
            race.finished();
        } else if (hasTries && hasTime) {
            worker.command(chosen, at).retried();
            tries++;
            scope.random().set(randomBefore);
            variables.set(variablesBefore);
            at = 0;
            commands();
        } else {
            worker.command(chosen, at).failed();
            worker.failed(chosen, failure, tries);
            ended(now);
        }
    }

    private void abort(String why) {
        AsyncConnection connection = link == null ? null : link.connection();
        if (settings.reconnects() && connection != null) {
            connection.close();
        }
        race.aborted("client " + id + " aborted in command " + at + " of script " + chosen + "; " + why);
    }
}
