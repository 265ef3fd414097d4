package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.replay.Comparing.Compared;
import dev.pgwire.laboratory.replay.Comparing.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds what differs between a connection of a recording and another that should have said the same. */
final class Differences {
    private final int connection;
    private final List<Difference> found = new ArrayList<>();

    private Differences(int connection) {
        this.connection = connection;
    }

    /** What differs in these rows of messages, in the order of the recording. */
    static List<Difference> between(
            int connection, List<Said> expected, List<Said> got, List<Mask> masks, Set<Row> rows) {
        Differences differences = new Differences(connection);
        Comparing left = Comparing.all(expected, masks);
        Comparing right = Comparing.all(got, masks);
        for (Row row : Row.values()) {
            if (rows.contains(row)) {
                differences.compare(left.row(row), right.row(row), expected.size());
            }
        }
        differences.found.sort(Comparator.comparingInt(Difference::number));
        return differences.found;
    }

    private void compare(List<Compared> expected, List<Compared> got, int total) {
        int left = 0;
        int right = 0;
        List<Alignment.Pair> equal =
                new ArrayList<>(Alignment.of(expected, got, (a, b) -> a.text().equals(b.text())));
        equal.add(new Alignment.Pair(expected.size(), got.size()));
        for (Alignment.Pair pair : equal) {
            int behind =
                    pair.left() < expected.size() ? expected.get(pair.left()).number() : total + 1;
            gap(expected.subList(left, pair.left()), got.subList(right, pair.right()), behind);
            left = pair.left() + 1;
            right = pair.right() + 1;
        }
    }

    /** Between two messages that are equal: those of one kind are the same message, changed. */
    private void gap(List<Compared> expected, List<Compared> got, int behind) {
        if (expected.isEmpty() && got.isEmpty()) {
            return;
        }
        int left = 0;
        int right = 0;
        List<Alignment.Pair> same = new ArrayList<>(Alignment.of(
                expected, got, (a, b) -> a.said().name().equals(b.said().name())));
        same.add(new Alignment.Pair(expected.size(), got.size()));
        for (Alignment.Pair pair : same) {
            for (; left < pair.left(); left++) {
                lost(expected.get(left));
            }
            boolean isLast = pair.left() == expected.size();
            int number = isLast ? behind : expected.get(pair.left()).number();
            for (; right < pair.right(); right++) {
                added(got.get(right), number);
            }
            if (!isLast) {
                changed(expected.get(left++), got.get(right++));
            }
        }
    }

    private void lost(Compared message) {
        Said said = message.said();
        found.add(new Difference(connection, message.number(), said.side(), said, null, message.text(), null));
    }

    private void added(Compared message, int number) {
        Said said = message.said();
        found.add(new Difference(connection, number, said.side(), null, said, null, message.text()));
    }

    private void changed(Compared expected, Compared got) {
        found.add(new Difference(
                connection,
                expected.number(),
                expected.said().side(),
                expected.said(),
                got.said(),
                expected.text(),
                got.text()));
    }
}
