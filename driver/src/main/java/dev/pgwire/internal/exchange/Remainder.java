package dev.pgwire.internal.exchange;

import java.util.function.BooleanSupplier;

/** What is left to be sent of a request: its answer comes to an end only if somebody goes on sending. */
@FunctionalInterface
public interface Remainder {
    /** Goes on sending, reading meanwhile, until there is enough of the answer or nothing is left. */
    void send(BooleanSupplier enough);
}
