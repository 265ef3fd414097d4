package dev.pgwire.laboratory.capture.stream;

/**
 * What is told of one connection, in the order in which things must have happened: an end that answers has seen what it answers. Times are
 * those of the packets, in nanoseconds since 1970. The ends are 0 and 1, as in {@link TcpConnection#endpoint}.
 */
public interface StreamListener {
    /** Bytes that follow those of this end before. */
    void data(int end, long time, byte[] bytes, int from, int count);

    /**
     * Bytes that this end has sent and that were not captured.
     *
     * @param count how many; -1 if that is not known
     */
    void hole(int end, long time, long count);

    /** The last word. */
    void ended(long time, StreamEnd how);
}
