package dev.pgwire.config;

import dev.pgwire.internal.config.PasswordFile;
import dev.pgwire.internal.config.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The password that the password file has for a server. */
final class FilePassword {
    private FilePassword() {}

    /** Reads the file; null if there is none, or it has no password. */
    static @Nullable String of(Config config, Surroundings around, Host host) {
        Path file = config.passwordFile();
        return file == null
                ? null
                : PasswordFile.password(file, name(around, host), host.port(), config.database(), config.user());
    }

    /** A server goes by the name of localhost if its socket is in a usual directory. */
    private static String name(Surroundings around, Host host) {
        boolean usual = host.isUnixSocket() && around.socketDirectories().contains(Path.of(host.shownName()));
        return usual ? "localhost" : host.shownName();
    }
}
