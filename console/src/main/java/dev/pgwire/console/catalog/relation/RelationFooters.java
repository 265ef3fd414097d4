package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.catalog.Lines;
import dev.pgwire.console.catalog.Listing;
import dev.pgwire.console.catalog.Request;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** What stands below the columns of a relation, in psql's order. */
final class RelationFooters {
    private final Request request;
    private final Shell shell;
    private final Relation relation;
    private final List<String> lines = new ArrayList<>();

    RelationFooters(Request request, Relation relation) {
        this.request = request;
        this.shell = request.shell();
        this.relation = relation;
    }

    List<String> lines() {
        boolean verbose = request.isVerbose();
        partition(verbose);
        if (relation.kind() == 't') {
            add("""
                    SELECT 'Owning table: "' || n.nspname || '.' || c.relname || '"' FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.reltoastrelid = %s""");
        }
        if (relation.isOneOf("iI")) {
            lines.addAll(IndexFooters.ofIndex(shell, relation));
            if (relation.kind() == 'i') {
                tablespace();
            }
        } else if (relation.isOneOf("rmfpt")) {
            table();
        }
        view(verbose);
        if (relation.hasTriggers()) {
            lines.addAll(TriggerFooters.of(request, relation));
        }
        if (relation.isOneOf("rmfpIt")) {
            end(verbose);
        }
        String options = relation.options();
        if (verbose && options != null && !options.isEmpty()) {
            lines.add("Options: " + options);
        }
        return lines;
    }

    private void partition(boolean verbose) {
        if (relation.isPartition()) {
            add("""
                    SELECT 'Partition of: ' || inhparent::pg_catalog.regclass || ' '
                      || coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '')
                      || CASE WHEN i.inhdetachpending THEN ' DETACH PENDING' ELSE '' END
                    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhrelid WHERE c.oid = %s""");
            if (verbose) {
                add("""
                        SELECT coalesce('Partition constraint: ' || NULLIF(pg_catalog.pg_get_partition_constraintdef(%s), ''),
                          'No partition constraint')""");
            }
        }
        if (relation.kind() == 'p') {
            add("SELECT 'Partition key: ' || pg_catalog.pg_get_partkeydef(%s::pg_catalog.oid)");
        }
    }

    private void table() {
        if (relation.hasIndexes()) {
            lines.addAll(IndexFooters.ofTable(shell, relation));
        }
        if (relation.hasChecks()) {
            below("Check constraints:", """
                    SELECT '    "' || conname || '" ' || pg_catalog.pg_get_constraintdef(oid, true)
                    FROM pg_catalog.pg_constraint WHERE conrelid = %s AND contype = 'c' ORDER BY conname""");
        }
        if (relation.hasTriggers() || relation.kind() == 'p') {
            foreignKeys();
        }
        lines.addAll(PolicyFooters.of(shell, relation));
        statistics();
        rules();
        publications();
    }

    private void foreignKeys() {
        // Those of the tables that it is a partition of come last, with their names.
        below("Foreign-key constraints:", """
                SELECT CASE WHEN con.own THEN '    "' ELSE '    TABLE "' || con.conrelid::pg_catalog.regclass || '" CONSTRAINT "' END
                  || con.conname || '" ' || pg_catalog.pg_get_constraintdef(con.oid, true)
                FROM (SELECT c.*, c.conrelid = %1$s AS own FROM pg_catalog.pg_constraint c
                  WHERE c.contype = 'f' AND c.conparentid = 0 AND (c.conrelid = %1$s
                    OR c.conrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(%1$s)))) AS con
                ORDER BY con.own DESC, con.conname""");
        below("Referenced by:", """
                SELECT '    TABLE "' || conrelid::pg_catalog.regclass || '" CONSTRAINT "' || conname || '" '
                  || pg_catalog.pg_get_constraintdef(oid, true)
                FROM pg_catalog.pg_constraint
                WHERE contype = 'f' AND conparentid = 0 AND (confrelid = %1$s
                  OR confrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(%1$s)))
                ORDER BY conname""");
    }

    private void statistics() {
        below("Statistics objects:", """
                SELECT '    "' || s.nsp || '.' || s.stxname || '"'
                  || CASE WHEN pg_catalog.array_length(s.kinds, 1) IN (1, 2)
                    THEN ' (' || pg_catalog.array_to_string(s.kinds, ', ') || ')' ELSE '' END
                  || ' ON ' || pg_catalog.pg_get_statisticsobjdef_columns(s.oid) || ' FROM ' || s.stxrelid::pg_catalog.regclass
                  || coalesce('; STATISTICS ' || NULLIF(s.stxstattarget, -1), '')
                FROM (SELECT e.*, e.stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS nsp,
                    pg_catalog.array_remove(ARRAY[
                      CASE WHEN 'd' = ANY (e.stxkind) THEN 'ndistinct' END,
                      CASE WHEN 'f' = ANY (e.stxkind) THEN 'dependencies' END,
                      CASE WHEN 'm' = ANY (e.stxkind) THEN 'mcv' END], NULL) AS kinds
                  FROM pg_catalog.pg_statistic_ext e WHERE e.stxrelid = %s) AS s
                ORDER BY s.nsp, s.stxname""");
    }

    private void rules() {
        if (!relation.hasRules() || relation.kind() == 'm') {
            return;
        }
        String sql = """
                SELECT '    ' || pg_catalog.substr(pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, true), ';'), 13)
                FROM pg_catalog.pg_rewrite r WHERE r.ev_class = %%s AND r.ev_enabled = '%s' ORDER BY r.rulename""";
        below("Rules:", sql.formatted("O"));
        below("Disabled rules:", sql.formatted("D"));
        below("Rules firing always:", sql.formatted("A"));
        below("Rules firing on replica only:", sql.formatted("R"));
    }

    private void publications() {
        boolean schemas = request.server() >= 15;
        String inSchema = schemas ? """
                UNION SELECT p.pubname, NULL, NULL FROM pg_catalog.pg_publication p
                JOIN pg_catalog.pg_publication_namespace pn ON pn.pnpubid = p.oid
                JOIN pg_catalog.pg_class c ON c.relnamespace = pn.pnnspid
                WHERE c.oid = %1$s AND pg_catalog.pg_relation_is_publishable(%1$s)
                """ : "";
        String details = schemas ? """
                pg_catalog.pg_get_expr(pr.prqual, pr.prrelid),
                (SELECT pg_catalog.string_agg(a.attname, ', ' ORDER BY k.place)
                 FROM pg_catalog.unnest(pr.prattrs::pg_catalog.int2[]) WITH ORDINALITY AS k (number, place)
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = pr.prrelid AND a.attnum = k.number)""" : "NULL, NULL";
        below("Publications:", """
                SELECT '    "' || f.name || '"' || coalesce(' (' || f.columns || ')', '') || coalesce(' WHERE ' || f.condition, '')
                FROM (SELECT p.pubname, %s FROM pg_catalog.pg_publication p
                  JOIN pg_catalog.pg_publication_rel pr ON pr.prpubid = p.oid WHERE pr.prrelid = %%1$s
                  UNION SELECT p.pubname, NULL, NULL FROM pg_catalog.pg_publication p
                  WHERE p.puballtables AND pg_catalog.pg_relation_is_publishable(%%1$s)
                  %s) AS f (name, condition, columns) ORDER BY f.name""".formatted(details, inSchema));
    }

    private void view(boolean verbose) {
        if (!verbose || !relation.isOneOf("vm")) {
            return;
        }
        lines.add("View definition:");
        add("SELECT pg_catalog.pg_get_viewdef(%s::pg_catalog.oid, true)");
        if (relation.hasRules()) {
            below("Rules:", """
                    SELECT ' ' || pg_catalog.substr(pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, true), ';'), 13)
                    FROM pg_catalog.pg_rewrite r WHERE r.ev_class = %s AND r.rulename <> '_RETURN' ORDER BY r.rulename""");
        }
    }

    private void end(boolean verbose) {
        if (relation.kind() == 'f') {
            add("""
                    SELECT 'Server: ' || s.srvname FROM pg_catalog.pg_foreign_table f
                    JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = %s""");
            add("SELECT 'FDW options: (' || " + Listing.optionList("f.ftoptions")
                    + " || ')' FROM pg_catalog.pg_foreign_table f WHERE f.ftrelid = %s AND f.ftoptions IS NOT NULL");
        }
        lines.addAll(Lines.aligned("Inherits", Lines.of(shell, """
                SELECT c.oid::pg_catalog.regclass FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhparent
                WHERE i.inhrelid = %s AND c.relkind NOT IN ('p', 'I') ORDER BY i.inhseqno""".formatted(relation.oid()))));
        children(verbose);
        if (relation.ofType() != null) {
            lines.add("Typed table of type: " + relation.ofType());
        }
        String identity = relation.replicaIdentity();
        String usual = relation.schema().equals("pg_catalog") ? "n" : "d";
        if (verbose && relation.isOneOf("rm") && !identity.equals("i") && !identity.equals(usual)) {
            lines.add(
                    "Replica Identity: " + (identity.equals("f") ? "FULL" : identity.equals("n") ? "NOTHING" : "???"));
        }
        tablespace();
        boolean hidden = shell.variables().isOn("HIDE_TABLEAM");
        if (verbose && relation.accessMethod() != null && !hidden) {
            lines.add("Access method: " + relation.accessMethod());
        }
    }

    private void children(boolean verbose) {
        boolean partitioned = relation.isOneOf("pI");
        List<String> children = Lines.of(shell, """
                SELECT c.oid::pg_catalog.regclass || coalesce(' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid), '')
                  || CASE WHEN c.relkind IN ('p', 'I') THEN ', PARTITIONED' ELSE '' END
                  || CASE WHEN i.inhdetachpending THEN ' (DETACH PENDING)' ELSE '' END
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = i.inhrelid WHERE i.inhparent = %s
                ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT',
                  c.oid::pg_catalog.regclass::pg_catalog.text""".formatted(relation.oid()));
        int count = children.size();
        String kind = partitioned ? "partitions" : "child tables";
        if (partitioned && count == 0) {
            lines.add("Number of partitions: 0");
        } else if (!verbose && count > 0) {
            lines.add("Number of " + kind + ": " + count + " (Use \\d+ to list them.)");
        } else {
            lines.addAll(Lines.aligned(partitioned ? "Partitions" : "Child tables", children));
        }
    }

    private void tablespace() {
        if (relation.isOneOf("rmipIt") && relation.tablespace() != null) {
            lines.add("Tablespace: \"" + relation.tablespace() + "\"");
        }
    }

    private void add(String sql) {
        lines.addAll(Lines.of(shell, sql.formatted(relation.oid())));
    }

    private void below(String title, String sql) {
        lines.addAll(Lines.below(shell, title, sql.formatted(relation.oid())));
    }
}
