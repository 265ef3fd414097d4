package dev.pgwire.bench;

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
            defaultValue = "dtgvp",
            description =
                    "what is done, in this order: d(rop), t(ables), g(enerate, here) or G(enerate, by the server),"
                            + " v(acuum), p(rimary keys), f(oreign keys); dtgvp without it")
    private String steps = "dtgvp";

    @Option(
            names = {"-F", "--fillfactor"},
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "how full the pages of the tables are, 10 to 100")
    private int fillFactor = 100;

    @Option(
            names = {"-q", "--quiet"},
            description = "tell of the rows every five seconds, not every 100,000 rows")
    private boolean quiet;

    @Option(names = "--foreign-keys", description = "make foreign keys too")
    private boolean foreignKeys;

    @Option(names = "--unlogged-tables", description = "make unlogged tables")
    private boolean unlogged;

    boolean initializes() {
        return initializes || !steps.equals("dtgvp");
    }

    Tables.Order order(int scale, boolean vacuums) {
        String wanted = steps + (foreignKeys && steps.indexOf('f') < 0 ? "f" : "");
        for (char step : wanted.toCharArray()) {
            if (step != ' ' && STEPS.indexOf(step) < 0) {
                throw new UsageException("\"" + step + "\" is no step of -I, expected some of " + STEPS);
            }
        }
        if (fillFactor < 10 || fillFactor > 100) {
            throw new UsageException("the fillfactor is " + fillFactor + ", expected 10 to 100");
        }
        return new Tables.Order(scale, vacuums ? wanted : wanted.replace("v", ""), fillFactor, unlogged, quiet);
    }
}
