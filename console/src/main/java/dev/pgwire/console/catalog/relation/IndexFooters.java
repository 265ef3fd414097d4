package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.catalog.Lines;
import dev.pgwire.console.shell.Shell;
import java.util.List;

/** The indexes of a table, and what is told of an index itself. */
final class IndexFooters {
    private IndexFooters() {}

    static List<String> ofTable(Shell shell, Relation relation) {
        // What the server says behind USING is told as it is.
        return Lines.below(shell, "Indexes:", """
                SELECT '    "' || x.relname || '"' || CASE WHEN x.contype = 'x'
                    THEN ' ' || pg_catalog.pg_get_constraintdef(x.constraint_oid, true)
                    ELSE CASE WHEN x.indisprimary THEN ' PRIMARY KEY,' WHEN NOT x.indisunique THEN ''
                        WHEN x.contype = 'u' THEN ' UNIQUE CONSTRAINT,' ELSE ' UNIQUE,' END
                      || ' ' || pg_catalog.substr(x.definition, pg_catalog.strpos(x.definition, ' USING ') + 7)
                      || CASE WHEN x.condeferrable THEN ' DEFERRABLE' ELSE '' END
                      || CASE WHEN x.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END END
                  || CASE WHEN x.indisclustered THEN ' CLUSTER' ELSE '' END
                  || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
                  || CASE WHEN x.indisreplident THEN ' REPLICA IDENTITY' ELSE '' END
                  || coalesce(', tablespace "' || x.spcname || '"', '')
                FROM (SELECT i.*, c.relname, con.oid AS constraint_oid, con.contype, con.condeferrable, con.condeferred, s.spcname,
                    pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) AS definition
                  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                  LEFT JOIN pg_catalog.pg_constraint con
                    ON (con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
                  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
                  WHERE i.indrelid = %s) AS x
                ORDER BY x.indisprimary DESC, x.relname""".formatted(relation.oid()));
    }

    static List<String> ofIndex(Shell shell, Relation relation) {
        return Lines.of(shell, """
                SELECT CASE WHEN i.indisprimary THEN 'primary key, '
                    WHEN i.indisunique THEN 'unique' || CASE WHEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true'
                      THEN ' nulls not distinct' ELSE '' END || ', ' ELSE '' END
                  || a.amname || ', for table "' || n.nspname || '.' || t.relname || '"'
                  || coalesce(', predicate (' || NULLIF(pg_catalog.pg_get_expr(i.indpred, i.indrelid, true), '') || ')', '')
                  || CASE WHEN i.indisclustered THEN ', clustered' ELSE '' END
                  || CASE WHEN i.indisvalid THEN '' ELSE ', invalid' END
                  || CASE WHEN NOT i.indimmediate AND con.condeferrable THEN ', deferrable' ELSE '' END
                  || CASE WHEN NOT i.indimmediate AND con.condeferred THEN ', initially deferred' ELSE '' END
                  || CASE WHEN i.indisreplident THEN ', replica identity' ELSE '' END
                FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                JOIN pg_catalog.pg_am a ON a.oid = c.relam
                JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_catalog.pg_constraint con
                  ON (con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
                WHERE i.indexrelid = %s""".formatted(relation.oid()));
    }
}
