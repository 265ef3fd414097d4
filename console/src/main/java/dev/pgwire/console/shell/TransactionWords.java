package dev.pgwire.console.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the first words of a statement say about it. */
final class TransactionWords {
    private static final int MOST = 3;

    private TransactionWords() {}

    /** Whether a transaction is begun before it when {@code AUTOCOMMIT} is off: not for what begins or cannot be in one. */
    static boolean needBegin(String sql) {
        List<String> words = first(sql);
        String first = word(words, 0);
        String second = word(words, 1);
        return !switch (first) {
            case "", "abort", "begin", "start", "commit", "end", "rollback" -> true;
            case "prepare" -> second.equals("transaction");
            case "vacuum" -> true;
            case "cluster" -> second.isEmpty();
            case "create" ->
                second.equals("database")
                        || second.equals("tablespace")
                        || second.equals("index") && word(words, 2).equals("concurrently")
                        || second.equals("unique")
                                && word(words, 2).equals("index")
                                && sql.toLowerCase(Locale.ROOT).contains("concurrently");
            case "alter" -> second.equals("system");
            case "drop" ->
                second.equals("database")
                        || second.equals("system")
                        || second.equals("tablespace")
                        || second.equals("index") && word(words, 2).equals("concurrently");
            case "reindex" ->
                Set.of("database", "system").contains(second) || word(words, 2).equals("concurrently");
            case "discard" -> second.equals("all");
            default -> false;
        };
    }

    /** Whether rows can be fetched from it by a cursor. */
    static boolean isSelect(String sql) {
        int begin = 0;
        while (true) {
            int next = skipSpace(sql, begin);
            if (next < sql.length() && sql.charAt(next) == '(') {
                begin = next + 1;
            } else {
                String word = first(sql.substring(next)).stream().findFirst().orElse("");
                return word.equals("select") || word.equals("values");
            }
        }
    }

    /** Up to three words at the beginning. */
    static List<String> first(String sql) {
        List<String> words = new ArrayList<>();
        int at = skipSpace(sql, 0);
        while (words.size() < MOST && at < sql.length() && Character.isLetter(sql.charAt(at))) {
            int end = at;
            while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                end++;
            }
            words.add(sql.substring(at, end).toLowerCase(Locale.ROOT));
            at = skipSpace(sql, end);
        }
        return words;
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** Past spaces and comments. */
    private static int skipSpace(String sql, int begin) {
        int at = begin;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                at = endOfComment(sql, at);
            } else {
                return at;
            }
        }
        return at;
    }

    private static int endOfComment(String sql, int begin) {
        int depth = 0;
        int at = begin;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        return at;
    }
}
