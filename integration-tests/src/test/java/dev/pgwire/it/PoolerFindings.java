package dev.pgwire.it;

import dev.pgwire.error.DatabaseException;
import java.util.ArrayList;
import java.util.List;

/** What clients of a pooler found. May be told by any thread. */
final class PoolerFindings {
    private static final int SHOWN = 5;

    private final List<String> wrong = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();
    private int answered;
    private int refused;

    /** An answer came, and this is wrong with it; empty if nothing is. */
    synchronized void answered(String wrongWithIt) {
        answered++;
        if (!wrongWithIt.isEmpty()) {
            wrong.add(wrongWithIt);
        }
    }

    /** A statement failed: it may, if the error says what to do against it. */
    synchronized void failed(String what, Throwable failure) {
        if (isExplained(failure)) {
            refused++;
        } else {
            unexplained.add(what + ": " + failure);
        }
    }

    private static boolean isExplained(Throwable failure) {
        return failure instanceof DatabaseException refused
                && (refused.hint() + " " + refused.getMessage()).contains("prepare=never");
    }

    synchronized int answers() {
        return answered;
    }

    synchronized int refusals() {
        return refused;
    }

    /** Answers that are wrong, and errors that do not say what to do; empty if there are none. */
    synchronized String complaints() {
        return shown("answers wrong", wrong) + shown("errors without the hint", unexplained);
    }

    private String shown(String what, List<String> found) {
        return found.isEmpty()
                ? ""
                : found.size() + " " + what + ", " + answered + " answers in all:\n"
                        + String.join("\n", found.subList(0, Math.min(SHOWN, found.size()))) + "\n";
    }
}
