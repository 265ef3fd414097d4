package dev.pgwire.laboratory.replay;

import java.util.List;
import java.util.regex.Pattern;

/** What differs between two sessions that say the same. */
final class UsualMasks {
    /** Each session has a schema of its own for temporary tables, whose number is that of its place in the server. */
    private static final Pattern TEMPORARY = Pattern.compile("pg_((?:toast_)?temp)_[0-9]+");

    private UsualMasks() {}

    /** The number in the name of a schema for temporary tables. */
    static void temporary(Said said, List<ResultColumn> columns, List<String> words) {
        words.replaceAll(
                word -> word.contains("temp_") ? TEMPORARY.matcher(word).replaceAll("pg_$1_*") : word);
    }

    /** Oids of tables, and of what else users make. */
    static void oids(Said said, List<ResultColumn> columns, List<String> words) {
        for (int place : OidWords.places(said, columns)) {
            if (OidWords.read(words.get(place)) != null) {
                words.set(place, Mask.HIDDEN);
            }
        }
    }

    /** The process that has notified. */
    static void process(Said said, List<ResultColumn> columns, List<String> words) {
        if (said.is("NotificationResponse") && !words.isEmpty()) {
            words.set(0, Mask.HIDDEN);
        }
    }

    /** File, line and routine of the server's source: they change with each version. */
    static void place(Said said, List<ResultColumn> columns, List<String> words) {
        if (said.is("ErrorResponse", "NoticeResponse")) {
            words.removeIf(word -> word.startsWith("F\"") || word.startsWith("L\"") || word.startsWith("R\""));
        }
    }
}
