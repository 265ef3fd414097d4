package dev.pgwire.internal.insert;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.SqlName;
import dev.pgwire.internal.sql.SqlScanner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go, and what happens there.
 *
 * @param table its name, quoted
 * @param columns their names as the catalog has them
 * @param conflict what follows ON CONFLICT, or null
 * @param returning what follows RETURNING, or null
 * @param forced the way that must be taken, or null
 */
public record InsertTarget(
        String table,
        List<String> columns,
        @Nullable String conflict,
        @Nullable String returning,
        @Nullable InsertWay forced) {

    /**
     * A target as people name it.
     *
     * @throws InterfaceException if a name has no acceptable form, or the way cannot do what is asked
     */
    public static InsertTarget of(
            String table,
            List<String> columns,
            @Nullable String conflict,
            @Nullable String returning,
            @Nullable InsertWay forced) {
        if (columns.isEmpty()) {
            throw new InterfaceException("no columns are given, expected at least one");
        }
        columns.forEach(SqlName::quoted);
        refuseParameters("ON CONFLICT", conflict);
        refuseParameters("RETURNING", returning);
        if (forced == InsertWay.COPY && (conflict != null || returning != null)) {
            throw new InterfaceException("COPY has no " + (conflict != null ? "ON CONFLICT" : "RETURNING")
                    + ", expected another way, or that the choice is left to the driver");
        }
        return new InsertTarget(SqlName.quotedTable(table), List.copyOf(columns), conflict, returning, forced);
    }

    /** In one way {@code $1} would be a value, in another all values of a column. */
    private static void refuseParameters(String clause, @Nullable String text) {
        if (text == null) {
            return;
        }
        SqlScanner scanner = new SqlScanner(text, false);
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.NUMBERED_PARAMETER) {
                throw new InterfaceException("what follows " + clause + " has the parameter "
                        + text.substring(scanner.start(), scanner.end()) + ", expected SQL without parameters");
            }
        }
    }

    /** Whether a row that is there already may be changed: always, unless the conflict ends with DO NOTHING. */
    boolean mayUpdate() {
        if (conflict == null) {
            return false;
        }
        SqlScanner scanner = new SqlScanner(conflict, false);
        String before = "";
        String last = "";
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            before = last;
            last = token == SqlScanner.Token.WORD ? conflict.substring(scanner.start(), scanner.end()) : "";
        }
        return !(before.equalsIgnoreCase("DO") && last.equalsIgnoreCase("NOTHING"));
    }

    /** The INSERT of one row. */
    String insertSql() {
        return "INSERT INTO " + table + " (" + columnList() + ") VALUES ("
                + IntStream.rangeClosed(1, columns.size())
                        .mapToObj(n -> "$" + n)
                        .collect(Collectors.joining(", ")) + ")"
                + clauses();
    }

    /**
     * The INSERT of many rows from one array for each column.
     *
     * @param typeNames the names of the columns' types, all of pg_catalog
     */
    String unnestSql(List<String> typeNames) {
        return "INSERT INTO " + table + " (" + columnList() + ") SELECT * FROM ROWS FROM ("
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "pg_catalog.unnest($" + (i + 1) + "::pg_catalog."
                                + SqlName.quoted(typeNames.get(i)) + "[])")
                        .collect(Collectors.joining(", "))
                + ")" + clauses();
    }

    String copySql() {
        return "COPY " + table + " (" + columnList() + ") FROM STDIN (FORMAT binary)";
    }

    private String columnList() {
        return columns.stream().map(SqlName::quoted).collect(Collectors.joining(", "));
    }

    /** Each on a line of its own, so that a comment at the end of one does not hide the other. */
    private String clauses() {
        return (conflict == null ? "" : "\nON CONFLICT " + conflict)
                + (returning == null ? "" : "\nRETURNING " + returning);
    }
}
