package dev.pgwire.bench;

import static dev.pgwire.bench.UsageException.check;

import dev.pgwire.bench.run.Partitions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the tables are made. */
final class TableOptions {
    private static final String STEPS = "dtgGvpf";

    @Option(
            names = {"-i", "--initialize"},
            description = "make and fill the tables, and run nothing")
    private boolean initializes;

    @Option(
            names = {"-I", "--init-steps"},
            paramLabel = "STEPS",
            description =
                    "what is done, in this order: d(rop), t(ables), g(enerate, here) or G(enerate, by the server),"
                            + " v(acuum), p(rimary keys), f(oreign keys); dtgvp without it")
    private @Nullable String steps;

    @Option(
            names = {"-F", "--fillfactor"},
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "how full the pages of the tables are, 10 to 100; 100 without it")
    private int fillFactor = 100;

    @Option(
            names = {"-q", "--quiet"},
            description = "tell of the rows every five seconds, not every 100,000 rows")
    private boolean quiet;

    @Option(names = "--foreign-keys", description = "make foreign keys too")
    private boolean foreignKeys;

    @Option(names = "--unlogged-tables", description = "make unlogged tables")
    private boolean unlogged;

    @Option(
            names = "--partitions",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "how many partitions pgbench_accounts has; none without it")
    private int partitions;

    @Option(names = "--partition-method", paramLabel = "METHOD", description = "range or hash; range without it")
    private @Nullable String method;

    @Option(names = "--tablespace", paramLabel = "NAME", description = "where the tables are")
    private @Nullable String tablespace;

    @Option(names = "--index-tablespace", paramLabel = "NAME", description = "where the indexes are")
    private @Nullable String indexTablespace;

    boolean initializes() {
        return initializes || steps != null;
    }

    Tables.Order order(int scale, boolean vacuums) {
        String given = steps == null ? "dtgvp" : steps;
        String wanted = given + (foreignKeys && given.indexOf('f') < 0 ? "f" : "");
        for (char step : wanted.toCharArray()) {
            check(
                    step == ' ' || STEPS.indexOf(step) >= 0,
                    "\"" + step + "\" is no step of -I, expected some of " + STEPS);
        }
        check(fillFactor >= 10 && fillFactor <= 100, "the fillfactor is " + fillFactor + ", expected 10 to 100");
        return new Tables.Order(
                scale,
                vacuums ? wanted : wanted.replace("v", ""),
                fillFactor,
                unlogged,
                quiet,
                partitions(),
                tablespace,
                indexTablespace);
    }

    private @Nullable Partitions partitions() {
        check(partitions >= 0, "--partitions is " + partitions + ", expected 0 or more");
        check(partitions > 0 || method == null, "--partition-method is given without --partitions, expected both");
        String chosen = method == null ? "range" : method;
        check(
                chosen.equals("range") || chosen.equals("hash"),
                "--partition-method is \"" + chosen + "\", expected range or hash");
        return partitions == 0 ? null : new Partitions(chosen, partitions);
    }
}
