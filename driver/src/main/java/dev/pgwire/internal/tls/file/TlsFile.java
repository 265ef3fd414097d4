package dev.pgwire.internal.tls.file;

import dev.pgwire.error.CannotConnectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that TLS needs. One that the user has named must be readable if it exists, and it is an error if that cannot be told;
 * one in the default directory need not be there.
 *
 * @param what what it is, as a message says it
 * @param path where it is
 * @param origin who says so
 */
public record TlsFile(String what, Path path, Origin origin) {
    enum Origin {
        NAMED,
        DEFAULT
    }

    /** A file that the user has named. */
    public TlsFile(String what, Path path) {
        this(what, path, Origin.NAMED);
    }

    /** The named file, else that of this name in the default directory; null if there is neither. */
    public static @Nullable TlsFile find(String what, @Nullable Path named, @Nullable Path directory, String name) {
        if (named != null) {
            return new TlsFile(what, named);
        }
        return directory == null ? null : new TlsFile(what, directory.resolve(name), Origin.DEFAULT);
    }

    /** Whether it is certain that there is none. A file that cannot be looked at is an error when it is read. */
    public boolean isAbsent() {
        return Files.notExists(path) || isBelowAFile();
    }

    /** Whether there is none, or if it is a default one, none that can be seen. */
    public boolean isUnseen() {
        return isAbsent() || (origin == Origin.DEFAULT && !Files.exists(path));
    }

    /** Whether it is absent, or if it is a default one, cannot be read: for those that libpq then does without. */
    public boolean isUnreadable() {
        return isUnseen() || (origin == Origin.DEFAULT && !(Files.isRegularFile(path) && Files.isReadable(path)));
    }

    /** What is below a file, as in a home that is {@code /dev/null}, is not there; JDKs do not agree if that is certain. */
    private boolean isBelowAFile() {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }

    public byte[] read() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw failure("cannot be read, expected a file that this user may read", unreadable);
        }
    }

    /** The failure to use this file. */
    public CannotConnectException failure(String whatHappened, @Nullable Throwable cause) {
        return TlsFile.failed("the " + what + " \"" + path + "\" " + whatHappened, cause);
    }

    /** A connection that cannot be made for a reason of TLS. */
    public static CannotConnectException failed(String message, @Nullable Throwable cause) {
        return new CannotConnectException(CannotConnectException.Reason.OTHER, message, cause);
    }
}
