package dev.pgwire.bench.script;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The scripts that need no file. They are the benchmark that pgbench runs, on the same four tables. */
public enum Builtin {
    TPCB_LIKE("<builtin: TPC-B (sort of)>", transaction(true)),
    SIMPLE_UPDATE("<builtin: simple update>", transaction(false)),
    SELECT_ONLY("<builtin: select only>", List.of(set("aid", "1", "100000 * :scale"), account()));

    private final String description;
    private final List<String> lines;

    Builtin(String description, List<String> lines) {
        this.description = description;
        this.lines = lines;
    }

    private static String account() {
        return "SELECT abalance FROM pgbench_accounts WHERE aid = :aid;";
    }

    private static String set(String name, String least, String most) {
        return "\\set " + name + " random(" + least + ", " + most + ")";
    }

    private static String update(String table, String balance, String key) {
        return "UPDATE pgbench_" + table + " SET " + balance + " = " + balance + " + :delta WHERE " + key + " = :" + key
                + ";";
    }

    private static List<String> transaction(boolean all) {
        List<String> tables =
                all ? List.of(update("tellers", "tbalance", "tid"), update("branches", "bbalance", "bid")) : List.of();
        return List.of(
                        List.of(
                                set("aid", "1", "100000 * :scale"),
                                set("bid", "1", "1 * :scale"),
                                set("tid", "1", "10 * :scale"),
                                set("delta", "-5000", "5000"),
                                "BEGIN;",
                                update("accounts", "abalance", "aid"),
                                account()),
                        tables,
                        List.of(
                                "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)"
                                        + " VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP);",
                                "END;"))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The name on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What reports call it. */
    public String description() {
        return description;
    }

    /** The text of the script. */
    public String source() {
        return String.join("\n", lines) + "\n";
    }

    /**
     * The script whose name begins so.
     *
     * @throws ScriptException if none does, or several do
     */
    public static Builtin of(String prefix) {
        List<Builtin> found = Arrays.stream(values())
                .filter(script -> script.title().startsWith(prefix))
                .toList();
        if (found.size() != 1 || prefix.isEmpty()) {
            throw new ScriptException("\"" + prefix + "\" begins the names of " + found.size()
                    + " built-in scripts, expected one of "
                    + Arrays.stream(values()).map(Builtin::title).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }
}
