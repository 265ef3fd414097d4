package dev.pgwire.console.copy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a statement is a COPY whose data go between the server and the console, and which way. */
public enum CopyDirection {
    IN,
    OUT,
    NONE;

    /** Blanks and comments, then the word. */
    private static final Pattern BEGIN = Pattern.compile("(?is)(\\s|--[^\\n]*(\\n|$)|/\\*.*?\\*/)*copy\\b.*");

    /** What is skipped when words are looked for, or a word. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?is)--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\$(\\w*)\\$.*?\\$\\1\\$|[a-z_][a-z_0-9$]*|\\S");

    public static CopyDirection of(String sql) {
        if (!BEGIN.matcher(sql).matches()) {
            return NONE;
        }
        CopyDirection direction = NONE;
        int parentheses = 0;
        String before = "";
        boolean ended = false;
        Matcher tokens = TOKEN.matcher(sql);
        while (tokens.find()) {
            String token = tokens.group();
            if (token.startsWith("--") || token.startsWith("/*")) {
                continue;
            }
            if (ended) {
                // Several statements go to the server as they are.
                return NONE;
            }
            boolean standard = token.equalsIgnoreCase("stdin") || token.equalsIgnoreCase("stdout");
            switch (token) {
                case "(" -> parentheses++;
                case ")" -> parentheses--;
                case ";" -> ended = true;
                default -> {
                    if (parentheses == 0 && standard && direction == NONE) {
                        direction = before.equalsIgnoreCase("from") ? IN : before.equalsIgnoreCase("to") ? OUT : NONE;
                    }
                }
            }
            before = token;
        }
        return direction;
    }
}
