package dev.pgwire.console.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a statement names.
 *
 * @param byName their names as they are written, by what the statement calls them
 */
record Tables(Map<String, String> byName) {
    private static final Set<String> BEFORE = Set.of("from", "join", "into", "update", "only", "table", "using");

    static Tables of(StatementWords statement) {
        Map<String, String> tables = new LinkedHashMap<>();
        List<String> words = statement.words();
        boolean expected = false;
        boolean inList = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            if (BEFORE.contains(word)) {
                expected = true;
                inList = word.equals("from");
            } else if (expected && isName(words.get(i))) {
                expected = false;
                int alias = i + 1 < words.size() && words.get(i + 1).equalsIgnoreCase("as") ? i + 2 : i + 1;
                String name = words.get(i);
                tables.put(called(name), name);
                if (alias < words.size() && isName(words.get(alias))) {
                    tables.put(called(words.get(alias)), name);
                    i = alias;
                }
            } else if (word.equals(",") && inList) {
                expected = true;
            } else {
                expected = false;
                inList &= !SqlCompletion.isKeyword(word);
            }
        }
        return new Tables(tables);
    }

    private static boolean isName(String word) {
        char first = word.charAt(0);
        boolean isWord = first == '"' || first == '_' || Character.isLetter(first);
        return isWord && !word.endsWith(".") && !SqlCompletion.isKeyword(word);
    }

    /** The name without its schema, folded. */
    private static String called(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("\"") ? last : last.toLowerCase(Locale.ROOT);
    }

    List<String> all() {
        return List.copyOf(Set.copyOf(new ArrayList<>(byName.values())));
    }

    /** The table that goes by this name in the statement; null if none does. */
    @Nullable
    String named(String name) {
        return byName.get(called(name));
    }
}
