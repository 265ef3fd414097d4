package dev.pgwire;

/**
 * What writes the rows of a COPY.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface CopyBlock<E extends Exception> {
    /** Writes rows. When it returns they are stored, when it throws none of them is. */
    void write(CopyWriter writer) throws E;
}
