package dev.pgwire.internal.tls;

import java.nio.file.Path;
import java.util.Locale;

/** Where libpq looks for files that are not named: {@code ~/.postgresql}, on Windows {@code %APPDATA%\postgresql}. */
final class DefaultDirectory {
    private DefaultDirectory() {}

    static Path find() {
        String data = System.getenv("APPDATA");
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows && data != null
                ? Path.of(data, "postgresql")
                : Path.of(System.getProperty("user.home", ""), ".postgresql");
    }
}
