package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text search: {@code \dF}, {@code \dFp}, {@code \dFd}, {@code \dFt}. */
final class TextSearchLists {
    private static final String PARSERS =
            "pg_catalog.pg_ts_parser p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace";
    private static final Match PARSER =
            Match.inSchema("n.nspname", "p.prsname", "pg_catalog.pg_ts_parser_is_visible(p.oid)");
    private static final Match CONFIGURATION =
            Match.inSchema("n.nspname", "c.cfgname", "pg_catalog.pg_ts_config_is_visible(c.oid)");

    private TextSearchLists() {}

    static boolean configurations(Request request) throws NamePattern.Invalid {
        if (request.isVerbose()) {
            return configurationsInFull(request);
        }
        return new Listing(request, "List of text search configurations")
                .column("Schema", "n.nspname")
                .column("Name", "c.cfgname")
                .column("Description", "pg_catalog.obj_description(c.oid, 'pg_ts_config')")
                .from("pg_catalog.pg_ts_config c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace")
                .matching(CONFIGURATION)
                .order("1, 2")
                .print();
    }

    private static boolean configurationsInFull(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "")
                .column("oid", "c.oid")
                .column("name", "pg_catalog.concat_ws('.', n.nspname, c.cfgname)")
                .column("parser", "pg_catalog.concat_ws('.', np.nspname, p.prsname)")
                .from("pg_catalog.pg_ts_config c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace")
                .from("JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser")
                .from("LEFT JOIN pg_catalog.pg_namespace np ON np.oid = p.prsnamespace")
                .matching(CONFIGURATION)
                .order("n.nspname, c.cfgname");
        return each(
                request,
                listing,
                "text search configuration",
                row -> print(
                        request,
                        "Text search configuration \"" + row.get(1) + "\"\nParser: \"" + row.get(2) + "\"",
                        """
                SELECT (SELECT t.alias FROM pg_catalog.ts_token_type(c.cfgparser) AS t WHERE t.tokid = m.maptokentype) AS "Token",
                  pg_catalog.btrim(ARRAY(SELECT mm.mapdict::pg_catalog.regdictionary FROM pg_catalog.pg_ts_config_map AS mm
                    WHERE mm.mapcfg = m.mapcfg AND mm.maptokentype = m.maptokentype
                    ORDER BY mapcfg, maptokentype, mapseqno)::pg_catalog.text, '{}') AS "Dictionaries"
                FROM pg_catalog.pg_ts_config AS c, pg_catalog.pg_ts_config_map AS m
                WHERE c.oid = %s AND m.mapcfg = c.oid
                GROUP BY m.mapcfg, m.maptokentype, c.cfgparser ORDER BY 1""".formatted(row.get(0)),
                        false));
    }

    static boolean parsers(Request request) throws NamePattern.Invalid {
        if (request.isVerbose()) {
            return parsersInFull(request);
        }
        return new Listing(request, "List of text search parsers")
                .column("Schema", "n.nspname")
                .column("Name", "p.prsname")
                .column("Description", "pg_catalog.obj_description(p.oid, 'pg_ts_parser')")
                .from(PARSERS)
                .matching(PARSER)
                .order("1, 2")
                .print();
    }

    private static boolean parsersInFull(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "")
                .column("oid", "p.oid")
                .column("name", "pg_catalog.concat_ws('.', n.nspname, p.prsname)")
                .from(PARSERS)
                .matching(PARSER)
                .order("n.nspname, p.prsname");
        return each(request, listing, "text search parser", row -> {
            print(request, "Text search parser \"" + row.get(1) + "\"", """
                    SELECT m.method AS "Method", m.function AS "Function",
                      pg_catalog.obj_description(m.function, 'pg_proc') AS "Description"
                    FROM pg_catalog.pg_ts_parser p, LATERAL (VALUES
                      (1, 'Start parse', p.prsstart::pg_catalog.regproc), (2, 'Get next token', p.prstoken),
                      (3, 'End parse', p.prsend), (4, 'Get headline', p.prsheadline),
                      (5, 'Get token types', p.prslextype)) AS m (number, method, function)
                    WHERE p.oid = %s ORDER BY m.number""".formatted(row.get(0)), false);
            print(request, "Token types for parser \"" + row.get(1) + "\"", """
                    SELECT t.alias AS "Token name", t.description AS "Description"
                    FROM pg_catalog.ts_token_type(%s::pg_catalog.oid) AS t ORDER BY 1""".formatted(row.get(0)), true);
        });
    }

    private static boolean each(Request request, Listing listing, String what, Action action) {
        Shell shell = request.shell();
        boolean[] found = {true};
        boolean success = shell.attempt(() -> {
            Table table = listing.table();
            found[0] = !table.rows().isEmpty();
            if (!found[0]) {
                request.tellNothing(what, request.pattern());
            }
            table.rows().forEach(action::run);
        });
        return success && found[0];
    }

    private static void print(Request request, String title, String sql, boolean counts) {
        Table table = request.shell().query(sql).withTitle(title);
        request.shell().print(counts ? table : table.withFooters(List.of()));
    }

    static boolean dictionaries(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of text search dictionaries")
                .column("Schema", "n.nspname")
                .column("Name", "d.dictname")
                .more("Template", """
                        (SELECT COALESCE(nt.nspname, '(null)')::pg_catalog.text || '.' || t.tmplname
                          FROM pg_catalog.pg_ts_template t LEFT JOIN pg_catalog.pg_namespace nt ON nt.oid = t.tmplnamespace
                          WHERE t.oid = d.dicttemplate)""")
                .more("Init options", "d.dictinitoption")
                .column("Description", "pg_catalog.obj_description(d.oid, 'pg_ts_dict')")
                .from("pg_catalog.pg_ts_dict d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace")
                .matching(Match.inSchema("n.nspname", "d.dictname", "pg_catalog.pg_ts_dict_is_visible(d.oid)"))
                .order("1, 2")
                .print();
    }

    static boolean templates(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of text search templates")
                .column("Schema", "n.nspname")
                .column("Name", "t.tmplname")
                .more("Init", "t.tmplinit::pg_catalog.regproc")
                .more("Lexize", "t.tmpllexize::pg_catalog.regproc")
                .column("Description", "pg_catalog.obj_description(t.oid, 'pg_ts_template')")
                .from("pg_catalog.pg_ts_template t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace")
                .matching(Match.inSchema("n.nspname", "t.tmplname", "pg_catalog.pg_ts_template_is_visible(t.oid)"))
                .order("1, 2")
                .print();
    }

    @FunctionalInterface
    private interface Action {
        void run(List<@Nullable String> row);
    }
}
