package dev.pgwire.it;

import dev.pgwire.BulkInsert;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.row.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Runs random statements whose answers it knows, and notes every answer that is another. A statement that fails has done
 * nothing: the rows that are there in the end are those whose insert was answered.
 */
final class PoolerClient {
    private static final int LARGE_ROWS = 1_500;
    private static final List<String> TYPES = List.of("int4", "text", "date", "int8[]");

    private final String dsn;
    private final int client;
    private final Random random;
    private final PoolerFindings findings;
    private final int statementsOfAConnection;
    private final Map<PooledTable, Long> inserted = new EnumMap<>(PooledTable.class);
    private int token;

    PoolerClient(String dsn, int client, Random random, PoolerFindings findings, int statementsOfAConnection) {
        this.dsn = dsn;
        this.client = client;
        this.random = random;
        this.findings = findings;
        this.statementsOfAConnection = statementsOfAConnection;
    }

    /** Runs so many statements, and more where one of them needs others. */
    void run(int statements) {
        int left = statements;
        while (left > 0) {
            try (Connection conn = Postgres.connect(dsn)) {
                int now = 1 + random.nextInt(2 * statementsOfAConnection);
                for (; now > 0 && left > 0 && !conn.isClosed(); now--, left--) {
                    token = client * 1_000_000 + left * 100;
                    one(conn);
                }
            }
        }
    }

    /** How many rows of this client's must be in a table. */
    long inserted(PooledTable table) {
        return inserted.getOrDefault(table, 0L);
    }

    private void one(Connection conn) {
        int what = random.nextInt(16);
        String name = "statement " + what + " of client " + client;
        try {
            switch (what) {
                case 0, 1, 2, 3, 4 -> ask(conn, question());
                case 5, 6 -> insert(conn);
                case 7 -> insertSets(conn);
                case 8 -> askWithSets(conn);
                case 9, 10 -> transaction(conn);
                case 11 -> pipeline(conn);
                case 12 -> bulk(conn);
                case 13 -> tableOfAnotherType(conn);
                case 14 -> large(conn);
                default -> fail(conn);
            }
        } catch (RuntimeException | AssertionError failure) {
            findings.failed(name, failure);
            if (!conn.isClosed()) {
                conn.rollback();
            }
        }
    }

    private Question question() {
        return Question.random(random, client, token);
    }

    private PooledTable table() {
        return PooledTable.values()[random.nextInt(PooledTable.values().length)];
    }

    private void count(PooledTable table, long rows) {
        inserted.merge(table, rows, Long::sum);
    }

    private void ask(Connection conn, Question question) {
        findings.answered(question.wrong(conn.execute(question.sql(), question.values())));
    }

    private void insert(Connection conn) {
        PooledTable table = table();
        ask(conn, table.question(client, token));
        count(table, 1);
    }

    private void insertSets(Connection conn) {
        PooledTable table = table();
        int sets = 1 + random.nextInt(5);
        Cursor cur = conn.cursor().executeMany(table.insert(), rows(table, sets));
        long rows = LongStream.of(cur.rowCounts()).sum();
        findings.answered(rows == sets ? "" : table.insert() + " inserted " + rows + " of " + sets);
        count(table, rows);
    }

    private List<List<Object>> rows(PooledTable table, int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(table.row(client, token + i));
        }
        return rows;
    }

    private void askWithSets(Connection conn) {
        String sql = "SELECT $1::int4, 'many of " + client % 3 + "'";
        Cursor cur = conn.cursor().executeMany(sql, List.of(List.of(token), List.of(token + 1)));
        List<Object> row = List.of(token, "many of " + client % 3);
        List<Object> next = List.of(token + 1, "many of " + client % 3);
        String first = new Question(sql, new Object[0], List.of(row)).wrong(cur);
        String second = cur.nextSet() ? new Question(sql, new Object[0], List.of(next)).wrong(cur) : "no second set";
        findings.answered(first + second);
    }

    private void transaction(Connection conn) {
        boolean keep = random.nextInt(4) > 0;
        PooledTable table = table();
        Question before = question();
        Question insert = table.question(client, token);
        Question after = question();
        Transaction transaction = conn.begin();
        String wrong = before.wrong(transaction.execute(before.sql(), before.values()))
                + insert.wrong(transaction.execute(insert.sql(), insert.values()))
                + after.wrong(transaction.execute(after.sql(), after.values()));
        if (keep) {
            transaction.commit();
            count(table, 1);
        } else {
            transaction.rollback();
        }
        findings.answered(wrong);
    }

    private void pipeline(Connection conn) {
        PooledTable table = table();
        Question before = question();
        Question insert = table.question(client, token);
        Question after = question();
        try (Pipeline pipeline = conn.pipeline()) {
            Cursor first = pipeline.execute(before.sql(), before.values());
            Cursor second = pipeline.execute(insert.sql(), insert.values());
            Cursor third = pipeline.execute(after.sql(), after.values());
            pipeline.sync();
            findings.answered(before.wrong(first) + insert.wrong(second) + after.wrong(third));
            count(table, 1);
        }
    }

    private void bulk(Connection conn) {
        PooledTable table = table();
        int rows = random.nextInt(8) == 0 ? 300 : 1 + random.nextInt(20);
        BulkInsert insert = BulkInsert.into(table.sqlName(), table.columns().toArray(String[]::new));
        long count = conn.insertMany(insert, rows(table, rows)).rowCount();
        findings.answered(count == rows ? "" : "insertMany has " + count + " for " + rows);
        count(table, count);
    }

    /** A table of this client's own, each time with another type of column: what was prepared before is of no use. */
    private void tableOfAnotherType(Connection conn) {
        String name = "pooled_own_" + client;
        int type = random.nextInt(TYPES.size());
        List<String> texts = List.of("" + token, "token " + token, "2024-02-29", "{1," + token + "}");
        conn.execute("DROP TABLE IF EXISTS " + name);
        conn.execute("CREATE TABLE " + name + " (v " + TYPES.get(type) + ")");
        conn.execute("INSERT INTO " + name + " VALUES ($1)", texts.get(type));
        String got = conn.execute("SELECT v FROM " + name).fetchOne().getString(0);
        conn.execute("DROP TABLE " + name);
        findings.answered(got.equals(texts.get(type)) ? "" : name + " has " + got + ", expected " + texts.get(type));
    }

    /** More than is read at once: the rows come while others borrow the other processes. */
    private void large(Connection conn) {
        Cursor cur = conn.execute(
                "SELECT $1::int4 AS token, repeat('y', 100) FROM generate_series(1, $2)", token, LARGE_ROWS);
        int rows = 0;
        for (Row row : cur) {
            rows += row.getInt("token") == token ? 1 : 0;
        }
        findings.answered(rows == LARGE_ROWS ? "" : rows + " rows of " + LARGE_ROWS + " are right");
    }

    private void fail(Connection conn) {
        try {
            Cursor cur = conn.execute("SELECT 1 / ($1::int4 - $1::int4)", token);
            findings.answered("a division by zero gave " + cur.fetchAll());
        } catch (DivisionByZeroException asItShouldBe) {
            findings.answered("");
        }
    }
}
