package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import org.jspecify.annotations.Nullable;

/** The values of min_protocol_version and max_protocol_version. */
public final class WireVersions {
    private static final String EARLIEST = "3.0";
    private static final String LATEST = "3.2";

    private WireVersions() {}

    public static String min(Settings settings) {
        String given = given(settings, Keyword.MIN_PROTOCOL_VERSION);
        return given == null ? EARLIEST : given;
    }

    /** Servers and poolers that cannot negotiate are asked for 3.0, unless that would be too little anyway. */
    public static String max(Settings settings) {
        String given = given(settings, Keyword.MAX_PROTOCOL_VERSION);
        return given == null ? min(settings) : given;
    }

    public static void check(Settings settings) {
        if (min(settings).compareTo(max(settings)) > 0) {
            throw new InterfaceException("min_protocol_version is greater than max_protocol_version, expected "
                    + "at most " + max(settings));
        }
    }

    private static @Nullable String given(Settings settings, Keyword keyword) {
        String value = settings.value(keyword);
        if (value == null || value.equals(EARLIEST) || value.equals(LATEST)) {
            return value;
        }
        if (value.equals("latest")) {
            return LATEST;
        }
        // There never was a 3.1.
        throw settings.invalid(keyword, EARLIEST + ", " + LATEST + " or latest");
    }
}
