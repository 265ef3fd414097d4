package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong at each of the servers that were tried. */
final class ConnectFailures {
    private final List<PgException> failures = new ArrayList<>();

    void add(PgException failure) {
        failures.add(failure);
    }

    /** The only failure, or one that tells of all. */
    PgException summary() {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        StringBuilder text = new StringBuilder("none of ")
                .append(failures.size())
                .append(" attempts to connect succeeded, expected a server that fits at one of the addresses:");
        for (PgException failure : failures) {
            text.append("\n  ").append(failure.getMessage());
        }
        PgException all = new ConnectionFailureException(text.toString(), failures.get(failures.size() - 1));
        for (PgException failure : failures.subList(0, failures.size() - 1)) {
            all.addSuppressed(failure);
        }
        return all;
    }
}
