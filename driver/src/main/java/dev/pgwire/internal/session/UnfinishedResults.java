package dev.pgwire.internal.session;

import dev.pgwire.internal.result.Results;

/** The results of a request of which a part may still have to be sent. */
final class UnfinishedResults extends Results {
    private final Remainder remainder;

    UnfinishedResults(Remainder remainder) {
        this.remainder = remainder;
    }

    Remainder remainder() {
        return remainder;
    }
}
