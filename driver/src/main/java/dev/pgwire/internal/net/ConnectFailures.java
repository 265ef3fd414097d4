package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What went wrong at each of the servers that were tried. */
final class ConnectFailures {
    private final List<PgException> failures = new ArrayList<>();
    /** A server that was tried twice is told of once. */
    private final Set<String> told = new LinkedHashSet<>();

    /** Notes a failure; what a server says does not name the server. */
    void add(String server, PgException failure) {
        failures.add(failure);
        boolean said = failure instanceof DatabaseException refused && refused.diagnostic() != null;
        told.add(said ? server + ": " + failure.getMessage() : String.valueOf(failure.getMessage()));
    }

    /** Adds those before to a failure that ends the search. */
    void tellBefore(Throwable last) {
        for (PgException failure : failures) {
            if (failure != last) {
                last.addSuppressed(failure);
            }
        }
    }

    /** The only failure, or one that tells of all. */
    PgException summary() {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        PgException last = failures.get(failures.size() - 1);
        PgException all = new ConnectionFailureException(
                "no attempt to connect succeeded, expected a server that fits at one of the addresses:\n  "
                        + String.join("\n  ", told),
                last);
        for (PgException failure : failures.subList(0, failures.size() - 1)) {
            all.addSuppressed(failure);
        }
        return all;
    }
}
