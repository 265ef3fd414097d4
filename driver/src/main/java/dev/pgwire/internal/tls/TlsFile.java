package dev.pgwire.internal.tls;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that TLS needs.
 *
 * @param what what it is, as a message says it
 * @param path where it is
 */
record TlsFile(String what, Path path) {
    /** Whether it is certain that there is none. A file that cannot be looked at is an error when it is read. */
    boolean isAbsent() {
        return Files.notExists(path);
    }

    byte[] read() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw failure("cannot be read, expected a file that this user may read", unreadable);
        }
    }

    /** The failure to use this file. */
    ConnectionFailureException failure(String whatHappened, @Nullable Throwable cause) {
        return TlsFile.failed("the " + what + " \"" + path + "\" " + whatHappened, cause);
    }

    /** A connection that cannot be made for a reason of TLS. */
    static ConnectionFailureException failed(String message, @Nullable Throwable cause) {
        return new ConnectionFailureException(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, message, cause);
    }
}
