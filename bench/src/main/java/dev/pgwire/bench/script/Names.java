package dev.pgwire.bench.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of all variables of a run: each has a place in the {@link Variables} of every client. */
public final class Names {
    private static final char FIRST_BEYOND_ASCII = 0x80;

    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The place of a name, which is taken note of. */
    public int place(String name) {
        return places.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    /** The place of a name; -1 if no script has it. */
    int known(String name) {
        return places.getOrDefault(name, -1);
    }

    String name(int place) {
        return names.get(place);
    }

    int count() {
        return names.size();
    }

    /** Whether a variable may have the name: letters, digits and underscores, and no digit first. */
    static boolean isValid(String name) {
        if (name.isEmpty() || !isFirst(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (!isPart(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isFirst(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= FIRST_BEYOND_ASCII;
    }

    static boolean isPart(char c) {
        return isFirst(c) || (c >= '0' && c <= '9');
    }
}
