package dev.pgwire.benchmarks.compare.contestant;

import org.jspecify.annotations.Nullable;

/**
 * A driver, or a baseline, with one connection to the server. It does the work that it has a way for, each time in the way
 * that its best-informed user would choose; which work it is asked for stands with the work. It lasts as long as its
 * process.
 */
public interface Contestant {
    /** How many connections a pool has at most. */
    int MOST_CONNECTIONS = 8;

    /** The process id of the server process behind the connection; one of them, if it has several. */
    int backend();

    /** Selects the text of one key, through a prepared statement, and waits for it. */
    default String pointSelect(int key) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Selects the texts of many keys, one statement for each, in as few round trips as it can. */
    default void pointSelects(int[] keys, PointValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Selects the texts of many keys, a statement with a Sync of its own for each, and keeps this number of them in flight. */
    default void selectInFlight(int[] keys, int inFlight, PointValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Borrows a connection of a pool, selects the text of one key, and gives it back. Many threads do this at once. */
    default String pooledSelect(int key) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Selects the text of one key, in the way that serves the most callers at once. Many threads do this at once. */
    default String sharedSelect(int key) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Selects the texts of two keys in one transaction, one after the other. Many threads do this at once. */
    default void sharedTransaction(int one, int other, PointValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Reads the table {@code wide} row by row and decodes every column; holds no more than it must. */
    default void streamWide(WideValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** The same, with rows that come as they are asked for: some at a time, and more only when those were decoded. */
    default void streamWideOnDemand(WideValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Reads the numbers of the table {@code wide}, in the quickest way; holds no more than it must. */
    default void streamNumbers(WideNumbers into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Reads the table {@code composed} row by row and decodes every column. */
    default void streamComposed(ComposedValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Reads the table {@code wide} whole, in the form in which the driver gives a whole result. */
    default Object fetchWide() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Decodes every column of what {@link #fetchWide} gave. */
    default void decodeWide(Object rows, WideValues into) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Inserts the rows into the table {@code target}, and commits. */
    default void insert(NewRows rows) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Inserts the rows into the table {@code target} by COPY. */
    default void copy(NewRows rows) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Copies the table {@code wide} out in text, and drops the data as it comes. Returns the number of rows. */
    default long copyWide() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Opens another connection, as its own was opened, and closes it. */
    default void connectAndClose() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Runs a statement that has no result; not measured. */
    void run(String sql) throws Exception;

    /** A value that the work's tables never have as NULL. */
    static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("NULL where the table has none");
        }
        return value;
    }
}
