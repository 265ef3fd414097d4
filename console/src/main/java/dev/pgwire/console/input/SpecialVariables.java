package dev.pgwire.console.input;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that psql itself obeys: what each may be, and what it is when it is not set. */
public final class SpecialVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\x80-\\uFFFF]+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|[0-9]+)");
    private static final Map<String, Kind> KINDS = new TreeMap<>();

    static {
        for (String name : List.of(
                "AUTOCOMMIT",
                "HIDE_TABLEAM",
                "HIDE_TOAST_COMPRESSION",
                "ON_ERROR_STOP",
                "QUIET",
                "SHOW_ALL_RESULTS",
                "SINGLELINE",
                "SINGLESTEP")) {
            KINDS.put(name, new Kind(Values.BOOLEAN, "off", List.of()));
        }
        KINDS.put("ECHO_HIDDEN", new Kind(Values.BOOLEAN_OR_WORD, "off", List.of("on", "off", "noexec")));
        KINDS.put("ON_ERROR_ROLLBACK", new Kind(Values.BOOLEAN_OR_WORD, "off", List.of("on", "off", "interactive")));
        KINDS.put("FETCH_COUNT", new Kind(Values.INTEGER, "0", List.of()));
        KINDS.put("HISTSIZE", new Kind(Values.INTEGER, "500", List.of()));
        KINDS.put("IGNOREEOF", new Kind(Values.INTEGER, "0", List.of()));
        KINDS.put("ECHO", new Kind(Values.WORD, "none", List.of("none", "errors", "queries", "all")));
        KINDS.put(
                "COMP_KEYWORD_CASE",
                new Kind(Values.WORD, "preserve-upper", List.of("lower", "upper", "preserve-lower", "preserve-upper")));
        KINDS.put(
                "HISTCONTROL",
                new Kind(Values.WORD, "none", List.of("none", "ignorespace", "ignoredups", "ignoreboth")));
        KINDS.put("VERBOSITY", new Kind(Values.WORD, "default", List.of("default", "verbose", "terse", "sqlstate")));
        KINDS.put("SHOW_CONTEXT", new Kind(Values.WORD, "errors", List.of("never", "errors", "always")));
        for (String name : List.of("HISTFILE", "PROMPT1", "PROMPT2", "PROMPT3")) {
            KINDS.put(name, new Kind(Values.ANY, null, List.of()));
        }
    }

    private SpecialVariables() {}

    /** Whether psql obeys it: no result of a query is stored in it. */
    public static boolean isSpecial(String name) {
        return KINDS.containsKey(name);
    }

    /** Those that a session begins with. */
    public static void initialize(Variables variables) {
        KINDS.forEach((name, kind) -> {
            if (kind.unset() != null) {
                variables.set(name, kind.unset());
            }
        });
        variables.set("AUTOCOMMIT", "on");
        variables.set("SHOW_ALL_RESULTS", "on");
        variables.set("PROMPT1", "%/%R%x%# ");
        variables.set("PROMPT2", "%/%R%x%# ");
        variables.set("PROMPT3", ">> ");
    }

    /** As psql keeps it: a switch that is set to nothing is on. */
    public static String kept(String name, String value) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            return value;
        }
        if (name.equals("IGNOREEOF") && !isInteger(value)) {
            return "10";
        }
        return value.isEmpty() && kind.values().isSwitch() ? "on" : value;
    }

    /** As psql keeps it when it is unset; null if it is gone then. */
    public static @Nullable String keptWhenUnset(String name) {
        Kind kind = KINDS.get(name);
        return kind == null ? null : kind.unset();
    }

    /** What psql has against a value; null for nothing. */
    public static @Nullable String error(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return "invalid variable name: \"" + name + "\"";
        }
        Kind kind = KINDS.get(name);
        if (kind == null || kind.takes(value)) {
            return null;
        }
        return switch (kind.values()) {
            case INTEGER -> "invalid value \"" + value + "\" for \"" + name + "\": integer expected";
            case BOOLEAN -> unrecognized(name, value) + ": Boolean expected";
            default -> unrecognized(name, value) + "\nAvailable values are: " + String.join(", ", kind.words()) + ".";
        };
    }

    public static String unrecognized(String name, String value) {
        return "unrecognized value \"" + value + "\" for \"" + name + "\"";
    }

    private static boolean isInteger(String value) {
        return INTEGER.matcher(value).matches();
    }

    private record Kind(Values values, @Nullable String unset, List<String> words) {
        boolean takes(String value) {
            return switch (values) {
                case ANY -> true;
                case INTEGER -> isInteger(value);
                case BOOLEAN -> Switch.parse(value) != null;
                case BOOLEAN_OR_WORD -> Switch.parse(value) != null || isWord(value);
                case WORD -> isWord(value);
            };
        }

        private boolean isWord(String value) {
            return words.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    private enum Values {
        ANY,
        INTEGER,
        BOOLEAN,
        BOOLEAN_OR_WORD,
        WORD;

        boolean isSwitch() {
            return this == BOOLEAN || this == BOOLEAN_OR_WORD;
        }
    }
}
