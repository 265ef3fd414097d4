package dev.pgwire.bench.run;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.bench.script.Command;
import dev.pgwire.bench.script.RandomSource;
import dev.pgwire.bench.script.Scope;
import dev.pgwire.bench.script.Script;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.bench.script.Variables;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a client does of a script, command by command. It waits for nothing: what it would wait for calls it. */
abstract class ClientScript implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {
    // HOT: see bench/beside-pgbench.
    final Race race;
    final Worker worker;
    final Settings settings;
    final Variables variables;
    final Scope scope;

    /** What calls it next. */
    Wait wait = Wait.NOTHING;
    /** What it sends over between pipelines; null while it has no connection. */
    @Nullable
    Link own;
    /** What it sends over now. */
    @Nullable
    Link link;
    /** When its transaction was due: without a rate when it began. */
    long scheduled;
    /** The script's number. */
    int chosen;

    Script script;
    /** The command's number. */
    int at;

    private long commandBegun;

    enum Wait {
        NOTHING,
        CONNECTION,
        DUE,
        PAUSE,
        STATEMENT,
        PIPELINE,
        ROLLBACK
    }

    ClientScript(Race race, Worker worker, Variables variables, RandomSource random) {
        this.race = race;
        this.worker = worker;
        this.settings = race.settings();
        this.variables = variables;
        this.scope = new Scope(variables, random, this::debug);
        this.script = race.workload().scripts().get(0);
    }

    private void debug(String text) {
        race.tell("debug(script=" + chosen + ",command=" + (at + 1) + "): " + text);
    }

    /** Gives it what it sends over. */
    void links(@Nullable Link given) {
        own = given;
        link = given;
    }

    /** The connection, if it is the client's own and is there. */
    @Nullable
    AsyncConnection connection() {
        return link == null ? null : link.connection();
    }

    /**
     * Goes on in the script; true at its end, false if something is waited for.
     *
     * @throws ScriptException if the script cannot go on
     */
    boolean commands() {
        while (at < script.commands().size()) {
            if (settings.commands()) {
                commandBegun = System.nanoTime();
            }
            if (!command(script.commands().get(at))) {
                return false;
            }
        }
        if (link instanceof Link.Pipelined) {
            throw new ScriptException("the script ends in a pipeline, expected \\endpipeline");
        }
        return true;
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
            pipeline().sync();
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
        to.send(sql.sql(), variables).whenComplete(this);
        return false;
    }

    private void branch(Command.Condition arrived) {
        if (arrived.continues()) {
            at = script.end(at);
            return;
        }
        Command branch = arrived;
        while (branch instanceof Command.Condition condition && !condition.holds(scope)) {
            timeCommand();
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
        AsyncConnection connection = connection();
        if (connection == null || settings.mode() == Mode.SIMPLE || link instanceof Link.Pipelined) {
            throw new ScriptException("\\startpipeline begins no pipeline here, expected -M extended or prepared,"
                    + " a connection of the client's own, and \\endpipeline of the one before");
        }
        link = new Link.Pipelined(connection);
    }

    /** Whether it has ended already. */
    private boolean endPipeline() {
        CompletableFuture<?> ended = pipeline().end();
        link = own;
        if (ended.isDone() && !ended.isCompletedExceptionally()) {
            // With nothing queued; a callback would call this method from within itself, once for each transaction.
            endCommand();
            return true;
        }
        wait = Wait.PIPELINE;
        ended.whenComplete(this);
        return false;
    }

    /** The command is done, with what has come of it. */
    void answered(@Nullable Object answer) {
        if (wait == Wait.STATEMENT && script.commands().get(at) instanceof Command.Sql sql) {
            Kept.keep(sql, answer, variables);
        }
        endCommand();
    }

    private void endCommand() {
        timeCommand();
        at++;
    }

    /** What its command counts in. */
    final CommandTally tally() {
        return worker.counts(scheduled) ? worker.command(chosen, at) : worker.uncounted();
    }

    private void timeCommand() {
        if (settings.commands()) {
            tally().took(System.nanoTime() - commandBegun);
        }
    }
}
