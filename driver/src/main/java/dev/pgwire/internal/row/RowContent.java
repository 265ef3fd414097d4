package dev.pgwire.internal.row;

import java.util.Arrays;

/** What makes two rows equal: the bytes that came for their columns, and what these mean. */
final class RowContent {
    private RowContent() {}

    /** Whether two rows have columns of the same names, types and formats, and the same bytes or NULL in each. */
    static boolean isSame(PageRow one, PageRow two) {
        if (!one.plan.isLike(two.plan)) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            int length = one.length(i);
            int at = one.valueAt(i);
            int other = two.valueAt(i);
            if (length != two.length(i)
                    || (length > 0 && !Arrays.equals(one.bytes, at, at + length, two.bytes, other, other + length))) {
                return false;
            }
        }
        return true;
    }

    /** A hash of the length words and the bytes behind them. */
    static int hash(PageRow row) {
        int hash = 1;
        for (int i = 0; i < row.size(); i++) {
            int at = row.valueAt(i);
            int end = at + Math.max(0, row.length(i));
            for (int j = at - 4; j < end; j++) {
                hash = 31 * hash + row.bytes[j];
            }
        }
        return hash;
    }
}
