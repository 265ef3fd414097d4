package dev.pgwire.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.console.input.Variables;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jspecify.annotations.Nullable;

/** Names of the catalogs, by one query that is short and has a limit of time. It must not fail the user's transaction. */
final class CatalogNames {
    /** Longer than this the prompt does not wait. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int MOST = 1000;
    private static final String SAVEPOINT = "pgwire_completion";

    private final Shell shell;

    CatalogNames(Shell shell) {
        this.shell = shell;
    }

    /** Those that begin with a word, of some kinds; columns of these tables. */
    List<Name> find(Set<Kind> kinds, String word, List<String> tables) {
        List<String> queries = new ArrayList<>();
        for (Kind kind : kinds) {
            String from = kind == Kind.COLUMN ? columnsOf(tables) : kind.from;
            queries.add(query(kind, kind.name, from, word));
        }
        return queries.isEmpty() ? List.of() : run(queries);
    }

    /** Those behind a dot: columns of a table, or what is in a schema. */
    List<Name> findIn(String owner, @Nullable String table, String word) {
        List<String> queries = new ArrayList<>();
        queries.add(query(Kind.COLUMN, "attname", columnsOf(List.of(table == null ? owner : table)), word));
        if (owner.indexOf('.') < 0) {
            String schema =
                    Variables.literal(owner.startsWith("\"") ? unquoted(owner) : owner.toLowerCase(Locale.ROOT));
            String in = " JOIN pg_catalog.pg_namespace n ON n.nspname = " + schema + " AND n.oid = ";
            queries.add(query(
                    Kind.RELATION,
                    "relname",
                    "pg_catalog.pg_class c" + in + "c.relnamespace WHERE relkind NOT IN ('i', 'I', 't', 'c')",
                    word));
            queries.add(
                    query(Kind.FUNCTION, "proname", "pg_catalog.pg_proc p" + in + "p.pronamespace WHERE true", word));
        }
        List<Name> names = new ArrayList<>();
        run(queries).forEach(found -> names.add(new Name(found.kind(), owner + "." + found.text())));
        return names;
    }

    private static String columnsOf(List<String> tables) {
        List<String> oids = new ArrayList<>();
        tables.forEach(table -> oids.add("pg_catalog.to_regclass(" + Variables.literal(table) + ")"));
        return "pg_catalog.pg_attribute WHERE attrelid IN (" + String.join(", ", oids)
                + ") AND attnum > 0 AND NOT attisdropped";
    }

    /** As a name is read: folded, or as it is in double quotes. */
    private static String query(Kind kind, String name, String from, String word) {
        boolean quoted = word.startsWith("\"");
        String begin = quoted ? unquoted(word) : word.toLowerCase(Locale.ROOT);
        String shown = quoted ? "'\"' || pg_catalog.replace(" + name + ", '\"', '\"\"') || '\"'" : kind.shown(name);
        // The system's own are offered to those who ask for them.
        String system = kind.hidesSystem && !begin.startsWith("pg_") && !from.contains("nspname =")
                ? " AND " + name + " !~ '^pg_'" + kind.notSystem
                : "";
        return "(SELECT '" + kind.name() + "', " + shown + " FROM " + from + " AND pg_catalog.substring(" + name
                + "::text, 1, " + begin.length() + ") = " + Variables.literal(begin) + system + " LIMIT " + MOST + ")";
    }

    private static String unquoted(String word) {
        String inside = word.substring(1);
        return (inside.endsWith("\"") ? inside.substring(0, inside.length() - 1) : inside).replace("\"\"", "\"");
    }

    private List<Name> run(List<String> queries) {
        Connection connection = shell.connection();
        TransactionStatus status = connection.transactionStatus();
        if (connection.isClosed() || status == TransactionStatus.FAILED) {
            return List.of();
        }
        boolean inTransaction = status == TransactionStatus.IN_TRANSACTION;
        try (Cursor cursor = connection.cursor()) {
            cursor.deadline(LIMIT);
            if (inTransaction) {
                cursor.executeSimple("SAVEPOINT " + SAVEPOINT);
            }
            List<Name> names = read(
                    cursor,
                    "SELECT * FROM (" + String.join(" UNION ", queries) + ") AS names ORDER BY 2 LIMIT " + MOST);
            if (inTransaction) {
                cursor.executeSimple("RELEASE " + SAVEPOINT);
            }
            return names;
        } catch (PgException e) {
            if (inTransaction && connection.transactionStatus() == TransactionStatus.FAILED) {
                shell.statements().quietly("ROLLBACK TO " + SAVEPOINT + "; RELEASE " + SAVEPOINT);
            }
            return List.of();
        }
    }

    private static List<Name> read(Cursor cursor, String sql) {
        List<Name> names = new ArrayList<>();
        cursor.executeSimple(sql);
        for (Row row : cursor.fetchAll()) {
            names.add(new Name(Kind.valueOf(text(row, 0)), text(row, 1)));
        }
        return names;
    }

    private static String text(Row row, int column) {
        byte[] raw = row.getRaw(column);
        return raw == null ? "" : new String(raw, UTF_8);
    }

    /** A name as it is written in a statement. */
    record Name(Kind kind, String text) {
        Candidate candidate() {
            boolean goesOn = kind == Kind.SCHEMA || kind == Kind.FUNCTION;
            return goesOn ? Completion.beginning(text) : Completion.candidate(text);
        }

        /** As commands take it, which want no arguments of functions. */
        Candidate pattern() {
            return kind == Kind.FUNCTION ? Completion.candidate(text.substring(0, text.length() - 1)) : candidate();
        }
    }

    /** What names may be of, and where they are. */
    enum Kind {
        RELATION(
                "relname",
                "pg_catalog.pg_class WHERE relkind NOT IN ('t', 'c') AND pg_catalog.pg_table_is_visible(oid)",
                " AND relnamespace <> 'pg_catalog'::pg_catalog.regnamespace",
                ""),
        SCHEMA("nspname", "pg_catalog.pg_namespace WHERE true", "", "."),
        SCHEMA_ALONE("nspname", "pg_catalog.pg_namespace WHERE true", "", ""),
        COLUMN("attname", "", "", ""),
        FUNCTION("proname", "pg_catalog.pg_proc WHERE pg_catalog.pg_function_is_visible(oid)", "", "("),
        TYPE(
                "typname",
                "pg_catalog.pg_type WHERE typelem = 0 AND typrelid = 0 AND pg_catalog.pg_type_is_visible(oid)",
                "",
                ""),
        ROLE("rolname", "pg_catalog.pg_roles WHERE true", "", ""),
        DATABASE("datname", "pg_catalog.pg_database WHERE true", "", ""),
        SETTING("name", "pg_catalog.pg_settings WHERE true", "", "");

        private final String name;
        private final String from;
        private final String notSystem;
        private final String end;
        private final boolean hidesSystem;

        Kind(String name, String from, String notSystem, String end) {
            this.name = name;
            this.from = from;
            this.notSystem = notSystem;
            this.end = end;
            this.hidesSystem = !name.equals("attname") && !name.equals("name");
        }

        /** Settings have dots that do not want quotes. */
        String shown(String expression) {
            String quoted = this == SETTING ? expression : "pg_catalog.quote_ident(" + expression + ")";
            return end.isEmpty() ? quoted : quoted + " || '" + end + "'";
        }
    }
}
