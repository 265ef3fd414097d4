package dev.pgwire.internal.tls.record;

// HOT: one for each request through TLS

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Encrypts into one buffer, and sends what is in it in one write. */
final class RecordWriter {
    /** This number of full records leaves in one write, if there is that much. */
    private static final int MOST_RECORDS = 4;

    /**
     * The engine asks for room for a full record, however small the next one is. With room for two, the small records of a
     * handshake leave together: a server that has refused the first of them would break the write of the next, and its reason
     * would never be read.
     */
    private static final int FEWEST_RECORDS = 2;

    private final SSLEngine engine;
    private final TlsRecords.Sender sender;
    private ByteBuffer records = ByteBuffer.allocate(0);

    RecordWriter(SSLEngine engine, TlsRecords.Sender sender) {
        this.engine = engine;
        this.sender = sender;
    }

    /** That much is to be written. */
    void expect(int bytes) {
        if (bytes > records.capacity()) {
            growTo(MOST_RECORDS * largestRecord());
        }
    }

    /**
     * Writes the next record, if there is something to write.
     *
     * @throws SSLException if the engine fails
     * @throws IOException if what was written before cannot be sent
     */
    SSLEngineResult wrap(ByteBuffer plain) throws IOException {
        SSLEngineResult result = engine.wrap(plain, records);
        while (result.getStatus() == Status.BUFFER_OVERFLOW) {
            if (records.position() > 0) {
                flush();
            } else {
                growTo(Math.max(FEWEST_RECORDS * largestRecord(), records.capacity() + 1));
            }
            result = engine.wrap(plain, records);
        }
        return result;
    }

    private int largestRecord() {
        return engine.getSession().getPacketBufferSize();
    }

    private void growTo(int size) {
        if (records.capacity() < size) {
            records = ByteBuffer.allocate(size);
        }
    }

    /** Sends what was written. */
    void flush() throws IOException {
        if (records.position() > 0) {
            try {
                sender.send(records.flip());
            } finally {
                records.clear();
            }
        }
    }
}
