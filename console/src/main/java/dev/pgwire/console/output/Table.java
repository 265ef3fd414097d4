package dev.pgwire.console.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to print.
 *
 * @param footers what stands below it; null for the usual number of rows
 */
public record Table(
        @Nullable String title,
        List<Heading> headings,
        List<? extends List<@Nullable String>> rows,
        @Nullable List<String> footers) {

    /** A result. */
    public static Table of(List<Heading> headings, List<? extends List<@Nullable String>> rows) {
        return new Table(null, headings, rows, null);
    }

    public Table withTitle(String newTitle) {
        return new Table(newTitle, headings, rows, footers);
    }

    public Table withFooters(List<String> newFooters) {
        return new Table(title, headings, rows, newFooters);
    }

    List<String> footersOrCount() {
        return footers != null ? footers : List.of(rows.size() == 1 ? "(1 row)" : "(" + rows.size() + " rows)");
    }

    /** The name of a column, and how its values are aligned. */
    public record Heading(String name, Align align) {
        /** Numbers go to the right, as psql decides it: by the type's oid. */
        public static Heading of(String name, int typeOid) {
            return new Heading(
                    name,
                    switch (typeOid) {
                        // int8 int2 int4 oid xid cid float4 float8 money numeric xid8
                        case 20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069 -> Align.RIGHT;
                        default -> Align.LEFT;
                    });
        }
    }

    enum Align {
        LEFT,
        RIGHT
    }
}
