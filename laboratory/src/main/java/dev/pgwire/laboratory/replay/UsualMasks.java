package dev.pgwire.laboratory.replay;

import java.util.List;
import java.util.regex.Pattern;

/** What differs between two sessions that say the same. */
final class UsualMasks {
    /** Objects that users make have oids from here on; those are unsigned. */
    private static final int FIRST_OF_USERS = 16384;

    /** Each session has a schema of its own for temporary tables, whose number is that of its place in the server. */
    private static final Pattern TEMPORARY = Pattern.compile("pg_((?:toast_)?temp)_[0-9]+");

    private UsualMasks() {}

    /** The number in the name of a schema for temporary tables. */
    static void temporary(Said said, List<ResultColumn> columns, List<String> words) {
        words.replaceAll(
                word -> word.contains("temp_") ? TEMPORARY.matcher(word).replaceAll("pg_$1_*") : word);
    }

    /** Oids of tables, and of types of users. */
    static void oids(Said said, List<ResultColumn> columns, List<String> words) {
        if (said.is("RowDescription")) {
            for (int i = words.indexOf("("); i >= 0 && i + 4 < words.size(); i++) {
                if (words.get(i).equals("(")) {
                    hide(words, i + 2);
                    hide(words, i + 4);
                }
            }
        } else if (said.is("ParameterDescription", "Parse")) {
            for (int i = 0; i < words.size(); i++) {
                hide(words, i);
            }
        }
    }

    private static void hide(List<String> words, int index) {
        if (isOfUser(words.get(index))) {
            words.set(index, Mask.HIDDEN);
        }
    }

    private static boolean isOfUser(String word) {
        try {
            return Integer.compareUnsigned(Integer.parseInt(word), FIRST_OF_USERS) >= 0;
        } catch (NumberFormatException noNumber) {
            return false;
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
