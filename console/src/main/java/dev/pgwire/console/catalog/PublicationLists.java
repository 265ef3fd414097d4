package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \dRp}, {@code \dRs}. */
final class PublicationLists {
    private PublicationLists() {}

    static boolean publications(Request request) throws NamePattern.Invalid {
        return publications(request, "List of publications")
                .matching(Match.global("p.pubname"))
                .print();
    }

    private static Listing publications(Request request, String title) {
        return new Listing(request, title)
                .column("Name", "p.pubname")
                .column("Owner", "pg_catalog.pg_get_userbyid(p.pubowner)")
                .column("All tables", "p.puballtables")
                .column("Inserts", "p.pubinsert")
                .column("Updates", "p.pubupdate")
                .column("Deletes", "p.pubdelete")
                .column("Truncates", "p.pubtruncate")
                .column("Via root", "p.pubviaroot")
                .from("pg_catalog.pg_publication p");
    }

    static boolean contents(Request request) throws NamePattern.Invalid {
        Listing listing = publications(request, "")
                .column("oid", "p.oid")
                .matching(Match.global("p.pubname"))
                .order("p.pubname");
        Shell shell = request.shell();
        boolean[] found = {true};
        boolean success = shell.attempt(() -> {
            Table table = listing.table();
            found[0] = !table.rows().isEmpty();
            if (!found[0]) {
                request.tellNothing("publication", request.pattern());
            }
            table.rows().forEach(row -> print(request, table, row));
        });
        return success && found[0];
    }

    private static void print(Request request, Table all, List<@Nullable String> row) {
        int last = row.size() - 1;
        List<Table.Heading> headings = new ArrayList<>();
        all.headings().subList(1, last).forEach(heading -> headings.add(Table.Heading.of(heading.name(), 0)));
        List<String> footers = new ArrayList<>();
        if ("f".equals(row.get(2))) {
            String oid = String.valueOf(row.get(last));
            footers.addAll(Lines.below(request.shell(), "Tables:", tables(request, oid)));
            if (request.server() >= 15) {
                footers.addAll(Lines.below(request.shell(), "Tables from schemas:", """
                        SELECT '    "' || n.nspname || '"' FROM pg_catalog.pg_namespace n
                        JOIN pg_catalog.pg_publication_namespace pn ON pn.pnnspid = n.oid
                        WHERE pn.pnpubid = %s ORDER BY n.nspname""".formatted(oid)));
            }
        }
        Table shown = Table.of(headings, List.of(row.subList(1, last))).withTitle("Publication " + row.get(0));
        request.shell().print(footers.isEmpty() ? shown : shown.withFooters(footers));
    }

    private static String tables(Request request, String oid) {
        String details = request.server() < 15 ? "" : """
                || coalesce(' (' || (SELECT pg_catalog.string_agg(a.attname, ', ' ORDER BY k.place)
                     FROM pg_catalog.unnest(pr.prattrs::pg_catalog.int2[]) WITH ORDINALITY AS k (number, place)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) || ')', '')
                || coalesce(' WHERE ' || pg_catalog.pg_get_expr(pr.prqual, c.oid), '')
                """;
        return """
                SELECT '    "' || n.nspname || '.' || c.relname || '"' %s
                FROM pg_catalog.pg_publication_rel pr JOIN pg_catalog.pg_class c ON c.oid = pr.prrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE pr.prpubid = %s ORDER BY n.nspname, c.relname""".formatted(details, oid);
    }

    static boolean subscriptions(Request request) throws NamePattern.Invalid {
        int server = request.server();
        Listing listing = new Listing(request, "List of subscriptions")
                .column("Name", "subname")
                .column("Owner", "pg_catalog.pg_get_userbyid(subowner)")
                .column("Enabled", "subenabled")
                .column("Publication", "subpublications")
                .more("Binary", "subbinary")
                .more("Streaming", "substream");
        if (server >= 15) {
            listing.more("Two-phase commit", "subtwophasestate").more("Disable on error", "subdisableonerr");
        }
        listing.more("Synchronous commit", "subsynccommit").more("Conninfo", "subconninfo");
        if (server >= 15) {
            listing.more("Skip LSN", "subskiplsn");
        }
        return listing.from("pg_catalog.pg_subscription")
                .where(
                        "subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())")
                .matching(Match.global("subname"))
                .print();
    }
}
