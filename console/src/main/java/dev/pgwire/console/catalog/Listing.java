package dev.pgwire.console.catalog;

import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query of the catalogs whose rows are listed below a title. */
public final class Listing {
    static final String NOT_SYSTEM = "n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'";

    private final Request request;
    private final String title;
    private final List<String> columns = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final StringBuilder from = new StringBuilder();
    private String order = "1";

    public Listing(Request request, String title) {
        this.request = request;
        this.title = title;
    }

    /** A column, by the expression for its values. */
    public Listing column(String heading, String expression) {
        columns.add(expression + " AS \"" + heading + "\"");
        return this;
    }

    /** A column that only {@code +} shows. */
    Listing more(String heading, String expression) {
        return request.isVerbose() ? column(heading, expression) : this;
    }

    Listing privileges(String acl) {
        return column("Access privileges", acl(acl));
    }

    static String acl(String acl) {
        return "pg_catalog.array_to_string(" + acl + ", E'\\n')";
    }

    /** Options of foreign data, in parentheses. */
    public static String options(String options) {
        return "CASE WHEN " + options + " IS NULL THEN '' ELSE '(' || " + optionList(options) + " || ')' END";
    }

    public static String optionList(String options) {
        return "pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(option_name) || ' '"
                + " || pg_catalog.quote_literal(option_value) FROM pg_catalog.pg_options_to_table(" + options
                + ")), ', ')";
    }

    public Listing from(String tables) {
        from.append(from.isEmpty() ? "" : "\n").append(tables);
        return this;
    }

    Listing fromMore(String tables) {
        return request.isVerbose() ? from(tables) : this;
    }

    Listing where(String condition) {
        conditions.add(condition);
        return this;
    }

    /** Without a pattern the system's own are left out, unless they are asked for. */
    Listing withoutSystem() {
        return withoutSystem(NOT_SYSTEM);
    }

    Listing withoutSystem(String condition) {
        return request.hidesSystem() ? where(condition) : this;
    }

    public Listing matching(NamePattern.Match match) throws NamePattern.Invalid {
        return matching(request.pattern(), match);
    }

    Listing matching(@Nullable String pattern, NamePattern.Match match) throws NamePattern.Invalid {
        return where(NamePattern.condition(request.shell(), pattern, match));
    }

    public Listing order(String newOrder) {
        order = newOrder;
        return this;
    }

    private String sql() {
        String where = conditions.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", conditions);
        return "SELECT " + String.join(",\n  ", columns) + "\nFROM " + from + where + "\nORDER BY " + order;
    }

    public Table table() {
        return request.shell().query(sql()).withTitle(title);
    }

    boolean print() {
        Shell shell = request.shell();
        return shell.attempt(() -> shell.print(table()));
    }
}
