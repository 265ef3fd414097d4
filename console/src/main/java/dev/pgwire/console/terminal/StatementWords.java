package dev.pgwire.console.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the last statement of a text, as far as completion reads it.
 *
 * @param words names with their schemas, operators, parentheses; without texts and comments
 * @param isInText whether the end stands within quotes of a text, or in a comment
 */
record StatementWords(List<String> words, boolean isInText) {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
    private static final Pattern TOKEN = Pattern.compile("(?s)(?<text>'(?:[^']|'')*+(?<closed>'?))"
            + "|(?<line>--[^\\n]*+(?<ended>\\n?))|(?<comment>/\\*.*?(?:\\*/|(?<open>$)))"
            + "|(?<dollar>\\$(?<tag>\\w*)\\$.*?(?:\\$\\k<tag>\\$|(?<undone>$)))"
            + "|" + NAME + "(?:\\." + NAME + ")*\\.?|::|[\\p{N}.]+|\\S");

    static StatementWords of(String text) {
        List<String> words = new ArrayList<>();
        boolean inText = false;
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            String token = tokens.group();
            inText = "".equals(tokens.group("closed"))
                    || "".equals(tokens.group("ended"))
                    || tokens.group("open") != null
                    || tokens.group("undone") != null;
            if (token.equals(";")) {
                words.clear();
            } else if (tokens.group("text") != null || tokens.group("dollar") != null) {
                words.add("''");
            } else if (tokens.group("line") == null && tokens.group("comment") == null) {
                words.add(token);
            }
        }
        return new StatementWords(List.copyOf(words), inText);
    }

    /** The first word in lower case; empty if there is none. */
    String first() {
        return words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
    }

    /** The last word in lower case, or one of those before it; empty if there is none. */
    String last(int but) {
        int index = words.size() - 1 - but;
        return index < 0 ? "" : words.get(index).toLowerCase(Locale.ROOT);
    }
}
