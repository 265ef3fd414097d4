package dev.pgwire;

/**
 * What a program says to the server itself.
 *
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface ProtocolBlock<E extends Exception> {
    /** Speaks on the line, which is open until this returns. */
    void run(ProtocolLine line) throws E;
}
