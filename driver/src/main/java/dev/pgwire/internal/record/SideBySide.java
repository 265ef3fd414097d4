package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NearestName;
import dev.pgwire.row.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The components of a record and the columns of a result, side by side: what a message shows when the two do not fit. */
final class SideBySide {
    private static final String NONE = "none";
    /** More lines are no glance. */
    private static final int MOST_LINES = 20;

    private static final int MOST_OF_A_KIND = MOST_LINES / 2;
    private static final int WIDEST = 60;
    private static final Pattern QUALIFIER = Pattern.compile("(\\w+[.$])+");

    private final List<ColumnPart> leaves;
    private final List<Column> columns;

    private SideBySide(List<ColumnPart> leaves, List<Column> columns) {
        this.leaves = leaves;
        this.columns = columns;
    }

    /** The failure of components that have no column, or several. */
    static InterfaceException mismatch(Class<?> type, List<ColumnPart> leaves, List<Column> columns) {
        List<ColumnPart> wrong =
                leaves.stream().filter(leaf -> leaf.column() < 0).toList();
        SideBySide sides = new SideBySide(leaves, columns);
        String more = wrong.size() == 1 ? "" : "; nor do " + (wrong.size() - 1) + " more fit";
        return new InterfaceException("component " + wrong.get(0).path() + " of record " + type.getSimpleName() + " "
                + sides.reason(wrong.get(0)) + more + "\n" + sides.table(wrong));
    }

    /** The table for a component whose column has another type. */
    static String table(ColumnPart wrong, List<ColumnPart> leaves, List<Column> columns) {
        return new SideBySide(leaves, columns).table(List.of(wrong));
    }

    private String reason(ColumnPart leaf) {
        if (leaf.column() == ColumnPart.SEVERAL) {
            List<Integer> named = named(leaf);
            return "could take column " + named.get(0) + " or " + named.get(1) + ", expected one column of that name";
        }
        List<String> free = free().map(column -> columns.get(column).name()).toList();
        String nearest = free.isEmpty() ? "" : NearestName.of(leaf.path(), free);
        boolean isNear = !nearest.isEmpty()
                && NearestName.edits(leaf.path(), nearest) <= leaf.path().length() / 2;
        return "has no column" + (isNear ? ", did you mean \"" + nearest + "\"?" : "");
    }

    /** The columns that have the name of a component. */
    private List<Integer> named(ColumnPart leaf) {
        String name = RecordParts.plain(leaf.path());
        List<Integer> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (RecordParts.plain(columns.get(i).name()).equals(name)) {
                named.add(i);
            }
        }
        return named;
    }

    /** The columns that no component takes. */
    private Stream<Integer> free() {
        Set<String> names = new HashSet<>();
        for (ColumnPart leaf : leaves) {
            names.add(RecordParts.plain(leaf.path()));
        }
        return Stream.iterate(0, column -> column < columns.size(), column -> column + 1)
                .filter(column ->
                        !names.contains(RecordParts.plain(columns.get(column).name())));
    }

    private String table(List<ColumnPart> wrong) {
        List<Integer> free = free().toList();
        List<ColumnPart> shown = leaves;
        List<Integer> shownFree = free;
        if (leaves.size() + free.size() > MOST_LINES) {
            shownFree = free.subList(0, Math.min(free.size(), MOST_OF_A_KIND));
            int room = MOST_LINES - shownFree.size();
            shown = Stream.concat(
                            wrong.stream(), leaves.stream().filter(leaf -> leaf.column() >= 0 && leaf != wrong.get(0)))
                    .limit(room)
                    .toList();
        }
        List<String> left = new ArrayList<>(List.of("component"));
        List<String> right = new ArrayList<>(List.of("column"));
        for (ColumnPart leaf : shown) {
            left.add(cut(QUALIFIER
                            .matcher(leaf.component().getGenericType().getTypeName())
                            .replaceAll("") + " " + leaf.path()));
            right.add(taken(leaf));
        }
        for (int column : shownFree) {
            left.add(NONE);
            right.add(describe(column));
        }
        int width = left.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < left.size(); i++) {
            table.append(i == 0 ? "  " : "\n  ")
                    .append(left.get(i))
                    .append(" ".repeat(width - left.get(i).length()))
                    .append(" | ")
                    .append(right.get(i));
        }
        int hidden = leaves.size() - shown.size();
        int hiddenFree = free.size() - shownFree.size();
        if (hidden + hiddenFree > 0) {
            table.append("\n  and ")
                    .append(hidden)
                    .append(" components more, ")
                    .append(hiddenFree)
                    .append(" columns more");
        }
        return table.toString();
    }

    private String taken(ColumnPart leaf) {
        if (leaf.column() >= 0) {
            return describe(leaf.column());
        }
        List<Integer> named = named(leaf);
        return named.isEmpty()
                ? NONE
                : describe(named.get(0)) + " or " + describe(named.get(1))
                        + (named.size() > 2 ? " or " + (named.size() - 2) + " more" : "");
    }

    private String describe(int number) {
        Column column = columns.get(number);
        return number + " \"" + cut(column.name()) + "\" (" + cut(column.typeName()) + ")";
    }

    private static String cut(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "...";
    }
}
