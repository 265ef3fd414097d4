package dev.pgwire.internal.request;

import dev.pgwire.internal.result.Results;

/** The results of a request of which a part may still have to be sent. */
public final class UnfinishedResults extends Results {
    private final Remainder remainder;

    public UnfinishedResults(Remainder remainder) {
        this.remainder = remainder;
    }

    public Remainder remainder() {
        return remainder;
    }

    /** Whether these are such results, and the server does nothing more for what is left once they are forgotten. */
    public static boolean endWhenForgotten(Results results) {
        return results instanceof UnfinishedResults unfinished && unfinished.remainder.endsWhenForgotten();
    }
}
