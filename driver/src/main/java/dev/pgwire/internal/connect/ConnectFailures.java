package dev.pgwire.internal.connect;

import dev.pgwire.error.CannotConnectException;
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
        PgException all = new CannotConnectException(
                commonReason(),
                "no attempt to connect succeeded, expected a server that fits at one of the addresses:\n  "
                        + String.join("\n  ", told),
                null);
        tellBefore(all);
        return all;
    }

    /** The reason of all of them, if they have one. */
    private CannotConnectException.Reason commonReason() {
        CannotConnectException.Reason common = reason(failures.get(0));
        for (PgException failure : failures) {
            if (reason(failure) != common) {
                return CannotConnectException.Reason.OTHER;
            }
        }
        return common;
    }

    private static CannotConnectException.Reason reason(PgException failure) {
        return failure instanceof CannotConnectException unmade ? unmade.reason() : CannotConnectException.Reason.OTHER;
    }
}
