package dev.pgwire.console.shell;

import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a connection string or PGCLIENTENCODING asks for. The driver speaks UTF8 and nothing else. */
public final class ClientEncoding {
    private ClientEncoding() {}

    /** Whether a name means UTF8 to the server, which looks at letters and digits only. */
    public static boolean isUtf8(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.equals("utf8") || letters.equals("unicode");
    }

    /** Why the console cannot do as it is told; null if it can. The launcher makes every locale one of UTF-8. */
    public static @Nullable String refusal(Config config) {
        for (Setting setting : config.explain()) {
            String name = setting.value();
            boolean asked = setting.keyword().equals("client_encoding") && !name.isEmpty() && !name.equals("auto");
            if (asked && !isUtf8(name)) {
                return "client_encoding is " + name + " (" + setting.source()
                        + "), expected UTF8, the only encoding that is spoken here: unset it, and convert the input, for"
                        + " instance with iconv";
            }
        }
        return null;
    }
}
