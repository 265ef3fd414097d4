package dev.pgwire.internal.tls.key;

import dev.pgwire.internal.tls.file.TlsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses a private key that others may read, as libpq does. Where there are no Unix permissions, nothing is checked. */
final class KeyPermissions {
    private static final int OTHERS = 0007;
    private static final int GROUP = 0070;
    private static final int GROUP_WRITE_OR_EXECUTE = 0030;

    private KeyPermissions() {}

    static void check(TlsFile key) {
        Path path = key.path();
        if (!Files.isRegularFile(path)) {
            throw key.failure("is not a regular file, expected one", null);
        }
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            int owner = (Integer) Files.getAttribute(path, "unix:uid");
            if (!isPrivate(mode, owner)) {
                throw key.failure(
                        "can be read or written by its group or by others, expected permissions u=rw (0600) or less,"
                                + " or u=rw,g=r (0640) or less if it belongs to root",
                        null);
            }
        } catch (IOException unreadable) {
            throw key.failure("cannot be looked at, expected a file that this user may read", unreadable);
        }
    }

    /** Whether permissions keep a key secret: root may share its own with a group, which may read it then. */
    static boolean isPrivate(int mode, int owner) {
        return (mode & (owner == 0 ? GROUP_WRITE_OR_EXECUTE | OTHERS : GROUP | OTHERS)) == 0;
    }
}
