package dev.pgwire.console.command;

import dev.pgwire.console.input.Variables;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.Diagnostic;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code \sf} and {@code \sv}: the CREATE statement of a function or a view. */
final class SourceCommands {
    private static final String INDENT = "        ";

    private SourceCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(SourceCommands::function, "sf", "sf+");
        commands.add(SourceCommands::view, "sv", "sv+");
    }

    private static Outcome function(Call call) {
        return show(call, call.arguments().restWithoutSemicolon(), true);
    }

    private static Outcome view(Call call) {
        return show(call, call.arguments().restWithoutSemicolon(), false);
    }

    private static Outcome show(Call call, @Nullable String name, boolean isFunction) {
        if (name == null) {
            call.shell().messages().error((isFunction ? "function" : "view") + " name is required");
            return Outcome.FAILED;
        }
        String source = source(call.shell(), name, isFunction);
        if (source == null) {
            return Outcome.FAILED;
        }
        Shell shell = call.shell();
        shell.results().print(call.has('+') ? numbered(source, isFunction) : source, shell.layout());
        return Outcome.DONE;
    }

    /** The statement with a line feed at its end; null, and a message, if there is none. */
    static @Nullable String source(Shell shell, String name, boolean isFunction) {
        try {
            String type = isFunction ? (name.indexOf('(') >= 0 ? "regprocedure" : "regproc") : "regclass";
            String oid = String.valueOf(
                    shell.query("SELECT " + Variables.literal(name) + "::pg_catalog." + type + "::pg_catalog.oid")
                            .rows()
                            .get(0)
                            .get(0));
            String source = isFunction
                    ? String.valueOf(shell.query("SELECT pg_catalog.pg_get_functiondef(" + oid + ")")
                            .rows()
                            .get(0)
                            .get(0))
                    : viewSource(shell, oid);
            return source == null || source.endsWith("\n") ? source : source + "\n";
        } catch (PgException e) {
            Diagnostic said = e instanceof DatabaseException error ? error.diagnostic() : null;
            String text = said == null ? String.valueOf(e.getMessage()) : said.severity() + ":  " + said.message();
            shell.messages().error(text);
            return null;
        }
    }

    private static @Nullable String viewSource(Shell shell, String oid) {
        List<@Nullable String> row =
                List.copyOf(shell.query("""
                SELECT coalesce(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), ''),
                  n.nspname || '.' || c.relname, c.relkind::text, coalesce(pg_catalog.pg_get_viewdef(c.oid, true), ''),
                  coalesce((SELECT pg_catalog.string_agg(pg_catalog.quote_ident(option_name) || '='
                    || CASE WHEN option_value ~ '^[a-z_0-9]+$' THEN option_value ELSE pg_catalog.quote_literal(option_value) END, ', ')
                    FROM pg_catalog.pg_options_to_table(c.reloptions) WHERE option_name <> 'check_option'), ''),
                  coalesce((SELECT option_value FROM pg_catalog.pg_options_to_table(c.reloptions)
                    WHERE option_name = 'check_option'), '')
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = %s""".formatted(oid)).rows()).get(0);
        String[] view = row.toArray(String[]::new);
        if (!view[2].equals("v")) {
            shell.messages().error("\"" + view[1] + "\" is not a view");
            return null;
        }
        String definition = view[3].endsWith(";") ? view[3].substring(0, view[3].length() - 1) : view[3];
        String options = view[4].isEmpty() ? "" : "\n WITH (" + view[4] + ")";
        String check = view[5].isEmpty() ? "" : "\n WITH " + view[5].toUpperCase(Locale.ROOT) + " CHECK OPTION";
        return "CREATE OR REPLACE VIEW " + view[0] + options + " AS\n" + definition + check;
    }

    /** Lines with their numbers; of a function the body counts. */
    private static String numbered(String source, boolean isFunction) {
        StringBuilder text = new StringBuilder();
        boolean inHead = isFunction;
        int number = 0;
        for (String line : source.substring(0, source.length() - 1).split("\n", -1)) {
            inHead &= !line.startsWith("AS ") && !line.startsWith("BEGIN ") && !line.startsWith("RETURN ");
            String begin = inHead ? INDENT : String.format("%-7d ", ++number);
            text.append(begin).append(line).append('\n');
        }
        return text.toString();
    }
}
