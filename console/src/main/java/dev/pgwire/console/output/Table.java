package dev.pgwire.console.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to print.
 *
 * @param footers what stands below it; null for the usual number of rows
 * @param part all of a result, or some rows of it
 */
public record Table(
        @Nullable String title,
        List<Heading> headings,
        List<? extends List<@Nullable String>> rows,
        @Nullable List<String> footers,
        Part part) {

    /** A result. */
    public static Table of(List<Heading> headings, List<? extends List<@Nullable String>> rows) {
        return new Table(null, headings, rows, null, Part.ALL);
    }

    public Table withTitle(@Nullable String newTitle) {
        return new Table(newTitle, headings, rows, footers, part);
    }

    public Table withFooters(List<String> newFooters) {
        return new Table(title, headings, rows, newFooters, part);
    }

    public Table withRows(List<? extends List<@Nullable String>> newRows) {
        return new Table(title, headings, newRows, footers, part);
    }

    public Table withPart(Part newPart) {
        return new Table(title, headings, rows, footers, newPart);
    }

    /** What stands below a table that does not number its rows. */
    List<String> footersOrCount(Layout layout) {
        if (layout.tuplesOnly()) {
            return List.of();
        }
        if (footers != null && !footers.isEmpty()) {
            return footers;
        }
        long count = part.before() + rows.size();
        return layout.footer() && footers == null
                ? List.of(count == 1 ? "(1 row)" : "(" + count + " rows)")
                : List.of();
    }

    /** What stands below one that does. */
    List<String> ownFooters(Layout layout) {
        return layout.tuplesOnly() || footers == null ? List.of() : footers;
    }

    /** The title, where it is to be printed. */
    @Nullable
    String titleFor(Layout layout) {
        return layout.tuplesOnly() ? null : title;
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

        boolean isRight() {
            return align == Align.RIGHT;
        }
    }

    /**
     * Which rows of a result these are.
     *
     * @param before how many have been printed
     */
    public record Part(boolean begins, boolean ends, long before) {
        public static final Part ALL = new Part(true, true, 0);
    }

    /** To which side values are moved. */
    public enum Align {
        LEFT,
        RIGHT
    }
}
