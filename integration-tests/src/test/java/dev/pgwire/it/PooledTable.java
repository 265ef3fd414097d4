package dev.pgwire.it;

import dev.pgwire.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tables alike enough for an INSERT into the one to go into another unnoticed; what is in a row tells where it belongs. */
enum PooledTable {
    POOLED_A("client", "number", "note"),
    POOLED_B("note", "client", "number"),
    POOLED_C("number", "day", "client", "note");

    private final List<String> columns;

    PooledTable(String... columns) {
        this.columns = List.of(columns);
    }

    static void createAll(Connection conn) {
        for (PooledTable table : values()) {
            conn.execute("DROP TABLE IF EXISTS " + table.sqlName());
            conn.execute("CREATE TABLE " + table.sqlName() + " (" + String.join(", ", table.definitions()) + ")");
        }
    }

    static void dropAll(Connection conn) {
        for (PooledTable table : values()) {
            conn.execute("DROP TABLE " + table.sqlName());
        }
    }

    String sqlName() {
        return name().toLowerCase();
    }

    List<String> columns() {
        return columns;
    }

    private List<String> definitions() {
        return columns.stream().map(column -> column + " " + type(column)).toList();
    }

    private static String type(String column) {
        return switch (column) {
            case "client" -> "int4";
            case "number" -> "int8";
            case "day" -> "date";
            default -> "text";
        };
    }

    /** INSERT with all values as parameters, and all of the row as its answer, the last column first. */
    String insert() {
        List<String> marks = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
            marks.add("$" + i);
        }
        List<String> returned = new ArrayList<>(columns);
        Collections.reverse(returned);
        return "INSERT INTO " + sqlName() + " (" + String.join(", ", columns) + ") VALUES (" + String.join(", ", marks)
                + ") RETURNING " + String.join(", ", returned);
    }

    /** A row of a client's, in the order of the columns. */
    List<Object> row(int client, long number) {
        return columns.stream().map(column -> value(column, client, number)).toList();
    }

    private Object value(String column, int client, long number) {
        return switch (column) {
            case "client" -> client;
            case "number" -> number;
            case "day" -> LocalDate.EPOCH;
            default -> sqlName() + ":" + client + ":" + number;
        };
    }

    /** The insert of one row, as a text with its answer. */
    Question question(int client, long number) {
        List<Object> answer = new ArrayList<>(row(client, number));
        Collections.reverse(answer);
        return new Question(insert(), row(client, number).toArray(), List.of(answer));
    }

    /** How many rows a client has here. */
    long rowsOf(Connection conn, int client) {
        return conn.execute("SELECT count(*) FROM " + sqlName() + " WHERE client = $1", client)
                .fetchOne()
                .getLong(0);
    }

    /** How many rows belong elsewhere, or are mixed up. */
    long strangers(Connection conn) {
        return conn.execute(
                        "SELECT count(*) FROM " + sqlName()
                                + " WHERE note IS DISTINCT FROM $1 || client || ':' || number",
                        sqlName() + ":")
                .fetchOne()
                .getLong(0);
    }
}
