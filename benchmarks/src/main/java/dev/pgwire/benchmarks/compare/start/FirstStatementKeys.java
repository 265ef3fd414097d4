package dev.pgwire.benchmarks.compare.start;

import java.util.SplittableRandom;

/** The keys of the first statements, and what they come to; the same for all drivers. */
final class FirstStatementKeys {
    private static final int STATEMENTS = 10_000;
    private static final int ROWS = 100_000;

    /** One statement. */
    interface Select {
        String text(int key) throws Exception;
    }

    private FirstStatementKeys() {}

    /** Selects the texts of all keys and prints the microseconds of a statement. */
    static void run(Select select) throws Exception {
        int[] keys = new SplittableRandom(1).ints(STATEMENTS, 1, ROWS + 1).toArray();
        long begun = System.nanoTime();
        int right = 0;
        for (int key : keys) {
            right += select.text(key).endsWith(Integer.toString(key)) ? 1 : 0;
        }
        double micros = (System.nanoTime() - begun) / 1e3 / STATEMENTS;
        if (right != STATEMENTS) {
            throw new IllegalStateException(right + " texts are right, expected " + STATEMENTS);
        }
        System.out.println(micros);
    }
}
