package dev.pgwire.console;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The example of the README, which prints each call before its result. */
final class Example {
    private final String dsn;
    private final PrintStream out;

    Example(String dsn, PrintStream out) {
        this.dsn = dsn;
        this.out = out;
    }

    void run() {
        code("Connection conn = Postgres.connect(\"" + dsn + "\");");
        try (Connection conn = Postgres.connect(dsn)) {
            code("Cursor cur = conn.cursor();");
            try (Cursor cur = conn.cursor()) {
                allUsers(cur);
                positional(cur);
                fetch(cur);
                named(cur);
            }
        }
        out.append('\n');
    }

    private void allUsers(Cursor cur) {
        code("List<Row> all = cur.execute(\"SELECT * FROM users\").fetchAll();");
        code("all.forEach(System.out::println);");
        List<Row> all = cur.execute("SELECT * FROM users").fetchAll();
        all.forEach(this::result);
    }

    private void positional(Cursor cur) {
        code("cur.execute(\"SELECT * FROM users WHERE age > $1\", 30);");
        code("for (Row row : cur) System.out.println(row);");
        cur.execute("SELECT * FROM users WHERE age > $1", 30);
        for (Row row : cur) {
            result(row);
        }
    }

    private void fetch(Cursor cur) {
        code("cur.execute(\"SELECT id, name FROM users ORDER BY name\");");
        cur.execute("SELECT id, name FROM users ORDER BY name");
        code("Row one = cur.fetchOne();");
        result(cur.fetchOne());
        code("List<Row> some = cur.fetchMany(2);");
        result(cur.fetchMany(2));
        code("List<Row> rest = cur.fetchAll();");
        result(cur.fetchAll());
    }

    private void named(Cursor cur) {
        code("cur.execute(\"SELECT name, age FROM users WHERE age BETWEEN :low AND :high\",");
        code("        Map.of(\"low\", 20, \"high\", 35));");
        code("while (cur.next()) System.out.println(cur.getString(\"name\") + \" is \" + cur.getInt(\"age\"));");
        cur.execute("SELECT name, age FROM users WHERE age BETWEEN :low AND :high", Map.of("low", 20, "high", 35));
        while (cur.next()) {
            result(cur.getString("name") + " is " + cur.getInt("age"));
        }
    }

    private void code(String line) {
        out.append("> ").append(line).append('\n');
    }

    private void result(@Nullable Object value) {
        out.append("  ").append(String.valueOf(value)).append('\n');
    }
}
