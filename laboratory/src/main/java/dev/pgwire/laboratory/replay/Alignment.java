package dev.pgwire.laboratory.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Puts two sequences side by side, so that as many as possible of their elements stand beside one that is equal. */
final class Alignment {
    /** A larger table is not made; what is left then is paired by its order. */
    private static final long LARGEST_TABLE = 16_000_000;

    /** The places of two elements that stand side by side. */
    record Pair(int left, int right) {}

    private Alignment() {}

    /** The pairs of equal elements, in their order. */
    static <T> List<Pair> of(List<T> left, List<T> right, BiPredicate<T, T> equal) {
        List<Pair> pairs = new ArrayList<>();
        int from = 0;
        int most = Math.min(left.size(), right.size());
        while (from < most && equal.test(left.get(from), right.get(from))) {
            pairs.add(new Pair(from, from));
            from++;
        }
        int behind = 0;
        while (behind < most - from
                && equal.test(left.get(left.size() - 1 - behind), right.get(right.size() - 1 - behind))) {
            behind++;
        }
        middle(
                left.subList(from, left.size() - behind),
                right.subList(from, right.size() - behind),
                from,
                equal,
                pairs);
        for (int i = behind; i > 0; i--) {
            pairs.add(new Pair(left.size() - i, right.size() - i));
        }
        return pairs;
    }

    private static <T> void middle(List<T> left, List<T> right, int offset, BiPredicate<T, T> equal, List<Pair> pairs) {
        int rows = left.size();
        int columns = right.size();
        if (rows == 0 || columns == 0) {
            return;
        }
        if ((long) rows * columns > LARGEST_TABLE) {
            for (int i = 0; i < Math.min(rows, columns); i++) {
                if (equal.test(left.get(i), right.get(i))) {
                    pairs.add(new Pair(offset + i, offset + i));
                }
            }
            return;
        }
        // The longest common subsequence of what begins at each two places.
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = equal.test(left.get(i), right.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (equal.test(left.get(i), right.get(j))) {
                pairs.add(new Pair(offset + i++, offset + j++));
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }
}
