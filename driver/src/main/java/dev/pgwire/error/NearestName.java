package dev.pgwire.error;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that the writer probably meant, for messages that ask "did you mean". */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the smallest edit distance to a name.
     *
     * @throws IllegalArgumentException if there is no candidate
     */
    public static String of(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
                .orElseThrow(() -> new IllegalArgumentException("no candidates, expected at least one"));
    }

    /** How many letters have to be added, left out or replaced to make one text of another. */
    public static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
