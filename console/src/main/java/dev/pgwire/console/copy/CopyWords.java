package dev.pgwire.console.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code \copy}: what stands before and behind FROM or TO, and the file in between.
 *
 * @param isFrom whether data go to the server
 * @param isProgram whether the file is a command
 * @param file null for the standard input or output of the script
 * @param isPsqls whether that of the console is meant and not that of the script
 */
public record CopyWords(
        String before,
        boolean isFrom,
        boolean isProgram,
        @Nullable String file,
        boolean isPsqls,
        String after) {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[.,()]|[^\\s.,()'\"]+)");

    /**
     * Reads them.
     *
     * @throws Unreadable naming the word where they cannot be understood, or null if they end too early
     */
    public static CopyWords parse(String text) throws Unreadable {
        return new Reader(text).read();
    }

    /** The statement for the server. */
    public String sql() {
        return "COPY " + before + (isFrom ? " FROM STDIN " : " TO STDOUT ") + after;
    }

    /** What cannot be understood. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final @Nullable String word;

        Unreadable(@Nullable String word) {
            this.word = word;
        }

        public String text() {
            return word == null ? "\\copy: parse error at end of line" : "\\copy: parse error at \"" + word + "\"";
        }
    }

    private static final class Reader {
        private final String text;
        private final Matcher tokens;
        private final List<String> before = new ArrayList<>();

        Reader(String text) {
            this.text = text;
            this.tokens = TOKEN.matcher(text);
        }

        private String next() throws Unreadable {
            if (!tokens.find()
                    || tokens.start() != 0 && text.substring(0, tokens.start()).isBlank()) {
                throw new Unreadable(null);
            }
            return tokens.group(1);
        }

        CopyWords read() throws Unreadable {
            String token = next();
            if (token.equals("(")) {
                query(token);
                token = next();
            } else {
                token = table(token);
            }
            String direction = token.toLowerCase(Locale.ROOT);
            if (!Set.of("from", "to").contains(direction)) {
                throw new Unreadable(token);
            }
            return file(direction.equals("from"));
        }

        /** A query in parentheses, which may have more of them in it. */
        private void query(String first) throws Unreadable {
            int depth = 1;
            StringBuilder query = new StringBuilder(" ").append(first);
            while (depth > 0) {
                String token = next();
                depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                query.append(' ').append(token);
            }
            // As it was written: tokens have lost what stood between them.
            int begin = text.indexOf('(');
            before.add(" " + text.substring(begin, tokens.end()));
        }

        private String table(String first) throws Unreadable {
            String token = first;
            if (token.equalsIgnoreCase("binary")) {
                before.add(token);
                token = next();
            }
            StringBuilder name = new StringBuilder(token);
            token = next();
            while (token.equals(".")) {
                name.append('.').append(next());
                token = next();
            }
            before.add(name.toString());
            if (token.equals("(")) {
                StringBuilder columns = new StringBuilder();
                while (!token.equals(")")) {
                    columns.append(columns.isEmpty() || token.equals(",") ? "" : " ")
                            .append(token);
                    token = next();
                }
                before.add(columns.append(" )").toString());
                token = next();
            }
            return token;
        }

        private CopyWords file(boolean isFrom) throws Unreadable {
            String token = next();
            boolean isProgram = token.equalsIgnoreCase("program");
            if (isProgram) {
                token = next();
                if (!token.startsWith("'")) {
                    throw new Unreadable(token);
                }
            }
            String word = token.toLowerCase(Locale.ROOT);
            boolean isScripts = !isProgram && (word.equals("stdin") || word.equals("stdout"));
            boolean isPsqls = !isProgram && (word.equals("pstdin") || word.equals("pstdout"));
            String file = null;
            int end = tokens.end();
            if (!isScripts && !isPsqls) {
                // A name without quotes goes on to the next space.
                Matcher rest = Pattern.compile("\\S*").matcher(text).region(end, text.length());
                boolean quoted = token.startsWith("'") || token.startsWith("\"");
                String more = !quoted && rest.lookingAt() ? rest.group() : "";
                end += more.length();
                file = unquoted(token + more);
            }
            String after = text.substring(end).strip();
            return new CopyWords(" " + String.join(" ", before).strip(), isFrom, isProgram, file, isPsqls, after);
        }

        private static String unquoted(String token) {
            boolean quoted = token.length() > 1 && token.startsWith("'") && token.endsWith("'");
            return quoted ? token.substring(1, token.length() - 1).replace("''", "'") : token;
        }
    }
}
