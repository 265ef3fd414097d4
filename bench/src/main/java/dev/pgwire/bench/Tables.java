package dev.pgwire.bench;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Postgres;
import dev.pgwire.bench.run.Partitions;
import dev.pgwire.config.Config;
import dev.pgwire.row.Row;
import dev.pgwire.sql.Identifier;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes and fills the four tables of the built-in scripts: {@code -i}. */
final class Tables {
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;
    private static final int FREEZES_FROM = 14_00_00;
    /** From this scale on an account's number does not fit into an integer. */
    private static final int BIG_SCALE = 20_000;

    private static final int ROWS_PER_WRITE = 1_000;
    private static final String[] NAMES = {"pgbench_accounts", "pgbench_branches", "pgbench_history", "pgbench_tellers"
    };

    /**
     * What is asked for.
     *
     * @param steps one letter each, in their order
     * @param fillFactor 100 if none is given
     * @param partitions of the table of accounts; null for none
     * @param tablespace of the tables; null for the default
     * @param indexTablespace of the indexes; null for the default
     */
    record Order(
            int scale,
            String steps,
            int fillFactor,
            boolean unlogged,
            boolean quiet,
            @Nullable Partitions partitions,
            @Nullable String tablespace,
            @Nullable String indexTablespace) {}

    private final Connection connection;
    private final Order order;
    private final PrintStream err;

    private Tables(Connection connection, Order order, PrintStream err) {
        this.connection = connection;
        this.order = order;
        this.err = err;
    }

    /** Does the steps, and tells how it goes. */
    static void make(Config config, Order order, PrintStream err) {
        try (Connection connection = Postgres.connect(config)) {
            new Tables(connection, order, err).make();
        }
    }

    private void make() {
        StringBuilder times = new StringBuilder();
        long begun = System.nanoTime();
        for (char step : order.steps().replace(" ", "").toCharArray()) {
            long stepBegun = System.nanoTime();
            String name = step(step);
            times.append(times.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%s %.2f s", name, seconds(stepBegun)));
        }
        err.printf(Locale.ROOT, "done in %.2f s (%s).%n", seconds(begun), times);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private String step(char step) {
        switch (step) {
            case 'd':
                err.println("dropping old tables...");
                run("DROP TABLE IF EXISTS " + String.join(", ", NAMES));
                return "drop tables";
            case 't':
                err.println("creating tables...");
                create();
                return "create tables";
            case 'g':
                err.println("generating data (client-side)...");
                inTransaction(this::copy);
                return "client-side generate";
            case 'G':
                err.println("generating data (server-side)...");
                inTransaction(this::generate);
                return "server-side generate";
            case 'v':
                err.println("vacuuming...");
                for (String table : NAMES) {
                    run("VACUUM ANALYZE " + table);
                }
                return "vacuum";
            case 'p':
                err.println("creating primary keys...");
                String where = tablespace(" USING INDEX TABLESPACE ", order.indexTablespace());
                run("ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid)" + where);
                run("ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid)" + where);
                run("ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)" + where);
                return "primary keys";
            case 'f':
                err.println("creating foreign keys...");
                foreignKeys();
                return "foreign keys";
            default:
                throw new IllegalArgumentException(step + " is no step, expected some of dtgGvpf");
        }
    }

    private void run(String sql) {
        connection.execute(sql).close();
    }

    private void inTransaction(Runnable block) {
        connection.transaction(tx -> {
            run("TRUNCATE TABLE " + String.join(", ", NAMES));
            block.run();
        });
    }

    private void create() {
        String account = order.scale() >= BIG_SCALE ? "bigint" : "int";
        String fill = " WITH (fillfactor = " + order.fillFactor() + ")";
        String where = tablespace(" TABLESPACE ", order.tablespace());
        String create = order.unlogged() ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ";
        run(create + "pgbench_history (tid int, bid int, aid " + account
                + ", delta int, mtime timestamp, filler char(22))" + where);
        run(create + "pgbench_tellers (tid int NOT NULL, bid int, tbalance int, filler char(84))" + fill + where);
        run(create + "pgbench_branches (bid int NOT NULL, bbalance int, filler char(88))" + fill + where);
        String accounts = "pgbench_accounts (aid " + account + " NOT NULL, bid int, abalance int, filler char(84))";
        Partitions partitions = order.partitions();
        if (partitions == null) {
            run(create + accounts + fill + where);
            return;
        }
        // A table that has its rows in others has no pages of its own to be logged or filled.
        run("CREATE TABLE " + accounts + " PARTITION BY " + partitions.method() + " (aid)" + where);
        for (int i = 0; i < partitions.count(); i++) {
            run(create + "pgbench_accounts_" + (i + 1) + " PARTITION OF pgbench_accounts FOR VALUES "
                    + values(partitions, i) + fill);
        }
    }

    private static String tablespace(String clause, @Nullable String name) {
        return name == null ? "" : clause + Identifier.of(name);
    }

    /** Which rows a partition has. */
    private String values(Partitions partitions, int number) {
        int count = partitions.count();
        if (partitions.method().equals("hash")) {
            return "WITH (MODULUS " + count + ", REMAINDER " + number + ")";
        }
        long accounts = (long) ACCOUNTS * order.scale();
        long size = (accounts + count - 1) / count;
        return "FROM (" + (number == 0 ? "MINVALUE" : number * size + 1) + ") TO ("
                + (number == count - 1 ? "MAXVALUE" : (number + 1) * size + 1) + ")";
    }

    private void foreignKeys() {
        for (String[] key : new String[][] {
            {"tellers", "bid", "branches"},
            {"accounts", "bid", "branches"},
            {"history", "bid", "branches"},
            {"history", "tid", "tellers"},
            {"history", "aid", "accounts"}
        }) {
            run("ALTER TABLE pgbench_" + key[0] + " ADD CONSTRAINT pgbench_" + key[0] + "_" + key[1]
                    + "_fkey FOREIGN KEY (" + key[1] + ") REFERENCES pgbench_" + key[2]);
        }
    }

    /** A row of a table by its number. */
    private interface RowText {
        void write(StringBuilder out, long row);
    }

    private void copy() {
        int scale = order.scale();
        copy("pgbench_branches (bid, bbalance)", scale, (out, row) -> out.append(row + 1)
                .append("\t0\n"));
        copy("pgbench_tellers (tid, bid, tbalance)", (long) TELLERS * scale, (out, row) -> out.append(row + 1)
                .append('\t')
                .append(row / TELLERS + 1)
                .append("\t0\n"));
        copy("pgbench_accounts", (long) ACCOUNTS * scale, (out, row) -> out.append(row + 1)
                .append('\t')
                .append(row / ACCOUNTS + 1)
                .append("\t0\t\n"));
    }

    private boolean isPartitioned(String table) {
        Row row = connection
                .execute("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass($1)", table)
                .fetchOne();
        return row != null && row.getBoolean(0);
    }

    private void copy(String table, long rows, RowText text) {
        String name = table.split(" ", 2)[0];
        boolean freezes = connection.info().serverVersionNumber() >= FREEZES_FROM && !isPartitioned(name);
        Progress progress = new Progress(err, rows, order.quiet());
        try (CopyWriter writer =
                connection.copyIn("COPY " + table + " FROM STDIN" + (freezes ? " WITH (FREEZE)" : ""))) {
            StringBuilder chunk = new StringBuilder();
            for (long row = 0; row < rows; row++) {
                text.write(chunk, row);
                if ((row + 1) % ROWS_PER_WRITE == 0 || row + 1 == rows) {
                    writer.write(chunk.toString().getBytes(StandardCharsets.US_ASCII));
                    chunk.setLength(0);
                    progress.reached(row + 1);
                }
            }
        }
    }

    private void generate() {
        int scale = order.scale();
        run("INSERT INTO pgbench_branches (bid, bbalance) SELECT bid, 0 FROM generate_series(1, " + scale + ") AS bid");
        run("INSERT INTO pgbench_tellers (tid, bid, tbalance) SELECT tid, (tid - 1) / " + TELLERS
                + " + 1, 0 FROM generate_series(1, " + (long) TELLERS * scale + ") AS tid");
        run("INSERT INTO pgbench_accounts (aid, bid, abalance, filler) SELECT aid, (aid - 1) / " + ACCOUNTS
                + " + 1, 0, '' FROM generate_series(1::bigint, " + (long) ACCOUNTS * scale + ") AS aid");
    }
}
