package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The statements that begin and end listening to channels. */
public final class ChannelSql {
    private ChannelSql() {}

    /**
     * Listens to all of them.
     *
     * @throws InterfaceException if there is none, or a name is empty
     */
    public static String listen(String... channels) {
        if (channels.length == 0) {
            throw new InterfaceException("no channel is given, expected the name of at least one");
        }
        return each("LISTEN ", channels);
    }

    /** Listens to them no more; to none at all if none is given. */
    public static String unlisten(String... channels) {
        return channels.length == 0 ? "UNLISTEN *" : each("UNLISTEN ", channels);
    }

    private static String each(String command, String... channels) {
        return Arrays.stream(channels)
                .map(channel -> command + SqlName.quoted(channel))
                .collect(Collectors.joining("; "));
    }
}
