package dev.pgwire.console.shell;

import dev.pgwire.error.InterfaceException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** COPY between the server and a stream. */
final class CopyTransfer {
    private final Shell shell;

    CopyTransfer(Shell shell) {
        this.shell = shell;
    }

    /**
     * Sends data; how many rows were stored, null if the driver does not take the text for a COPY and nothing was sent.
     *
     * @throws UncheckedIOException if the data cannot be read
     */
    @Nullable
    Long in(String sql, InputStream data) {
        try {
            return shell.connection().copyIn(sql, data);
        } catch (InterfaceException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives data; how many rows came, null if the driver does not take the text for a COPY and nothing was sent. */
    @Nullable
    Long out(String sql, OutputStream to) {
        try {
            return shell.connection().copyOut(sql, to);
        } catch (InterfaceException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stream that is not closed with what is written to it. */
    static OutputStream kept(PrintStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                stream.write(bytes, offset, length);
            }

            @Override
            public void close() {
                stream.flush();
            }
        };
    }
}
