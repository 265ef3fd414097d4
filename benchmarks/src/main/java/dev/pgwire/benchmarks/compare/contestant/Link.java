package dev.pgwire.benchmarks.compare.contestant;

import java.io.IOException;

/** How the bytes of a baseline get to the server and back; its thread waits. */
interface Link extends AutoCloseable {
    /** Sends the first bytes of an array. */
    void send(byte[] bytes, int length) throws IOException;

    /** Waits for bytes and reads as many as there are into a part of an array; negative at the end. */
    int receive(byte[] into, int at, int length) throws IOException;

    @Override
    void close() throws IOException;
}
