package dev.pgwire.internal.request;

import java.util.function.BooleanSupplier;

/** What is left to be sent before some results can be complete. It is sent when they are read. */
public interface Remainder {
    /** Sends on, until enough of the answer is there or all is sent. */
    Procedure<?> until(BooleanSupplier enough);

    /** Whether the server does nothing more for what is left once the results are forgotten. */
    default boolean endsWhenForgotten() {
        return false;
    }
}
