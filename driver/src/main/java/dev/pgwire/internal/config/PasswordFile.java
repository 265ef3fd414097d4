package dev.pgwire.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The password file (PostgreSQL manual, 32.16): {@code hostname:port:database:username:password} in each line, of which the
 * first that matches counts. {@code *} matches anything, a backslash escapes a colon or a backslash, {@code #} begins a comment.
 */
public final class PasswordFile {
    private static final String LOGGER = "dev.pgwire.config";

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private PasswordFile() {}

    /**
     * The password that a file has for a connection; reads the file anew.
     *
     * @param host the name of the host as the file has it
     * @return null if there is none, or if the file cannot be read or may be read by others
     */
    public static @Nullable String password(Path file, String host, int port, String database, String user) {
        String[] wanted = {host, Integer.toString(port), database, user};
        for (String line : lines(file)) {
            String password = line.startsWith("#") ? null : match(line, wanted);
            if (password != null) {
                return password.isEmpty() ? null : password;
            }
        }
        return null;
    }

    private static String[] lines(Path file) {
        try {
            return isSafe(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")
                    : new String[0];
        } catch (IOException unreadable) {
            // It need not be there, nor be meant for this user.
            return new String[0];
        }
    }

    private static boolean isSafe(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        BasicFileAttributes attributes = posix
                ? Files.readAttributes(file, PosixFileAttributes.class)
                : Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            warn("password file \"" + file + "\" is ignored: it is not a plain file, expected one");
            return false;
        }
        if (attributes instanceof PosixFileAttributes owned) {
            for (PosixFilePermission permission : owned.permissions()) {
                if (OTHERS.contains(permission)) {
                    warn("password file \"" + file + "\" is ignored: it has group or world access,"
                            + " expected permissions u=rw (0600) or less");
                    return false;
                }
            }
        }
        return true;
    }

    private static void warn(String message) {
        System.getLogger(LOGGER).log(System.Logger.Level.WARNING, message);
    }

    /** The password of a line if all fields before it match, else null. */
    private static @Nullable String match(String line, String[] wanted) {
        int at = 0;
        for (String value : wanted) {
            at = match(line, at, value);
            if (at < 0) {
                return null;
            }
        }
        StringBuilder password = new StringBuilder();
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        for (; at < end && line.charAt(at) != ':'; at++) {
            if (line.charAt(at) == '\\' && at + 1 < end) {
                at++;
            }
            password.append(line.charAt(at));
        }
        return password.toString();
    }

    /** Where the next field begins if the one at a place matches a value, else -1. */
    private static int match(String line, int from, String value) {
        if (line.startsWith("*:", from)) {
            return from + 2;
        }
        int at = from;
        for (int i = 0; i < value.length(); i++, at++) {
            if (at < line.length() && line.charAt(at) == '\\') {
                at++;
            }
            if (at >= line.length() || line.charAt(at) != value.charAt(i)) {
                return -1;
            }
        }
        return at < line.length() && line.charAt(at) == ':' ? at + 1 : -1;
    }
}
