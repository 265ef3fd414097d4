package dev.pgwire;

/**
 * Is told how far a COPY has come, each time when some data was moved, on the thread that moves it; of one to the server also when the
 * server has asked for the data, with 0 bytes.
 */
@FunctionalInterface
public interface CopyProgress {
    /**
     * Some more was moved. What this throws fails the COPY.
     *
     * @param bytes how many bytes of data so far, as the server reads or writes them
     * @param rows how many rows so far; 0 while raw data goes to the server, which alone counts its rows
     */
    void moved(long bytes, long rows);
}
