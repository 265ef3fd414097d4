package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.contestant.ComposedValues.Item;

/** The range and the composite of {@code composed} for drivers that give their text, read in the shortest way. */
final class ComposedText {
    private ComposedText() {}

    /** The lower bound of {@code [1,10)}. */
    static long lower(String range) {
        return Long.parseLong(range, 1, range.indexOf(','), 10);
    }

    /** The upper bound of {@code [1,10)}. */
    static long upper(String range) {
        return Long.parseLong(range, range.indexOf(',') + 1, range.length() - 1, 10);
    }

    /** Of {@code (1,"item 1",0.125)}: the name always has a blank, so it is always quoted, and never has quotes of its own. */
    static Item item(String row) {
        int first = row.indexOf(',');
        int last = row.lastIndexOf(',');
        return new Item(
                Integer.parseInt(row, 1, first, 10),
                row.substring(first + 2, last - 1),
                Double.parseDouble(row.substring(last + 1, row.length() - 1)));
    }
}
