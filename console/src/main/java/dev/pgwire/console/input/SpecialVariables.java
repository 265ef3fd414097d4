package dev.pgwire.console.input;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that psql itself obeys, as far as they decide what runs. */
public final class SpecialVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\x80-\\uFFFF]+");
    private static final String BOOLEAN = ": Boolean expected";

    /** Those that are obeyed, and what a value that psql does not take is told. */
    private static final Map<String, String> SWITCHES = Map.of(
            "AUTOCOMMIT", BOOLEAN,
            "ON_ERROR_ROLLBACK", "\nAvailable values are: on, off, interactive.",
            "ON_ERROR_STOP", BOOLEAN,
            "QUIET", BOOLEAN,
            "SINGLELINE", BOOLEAN,
            "SINGLESTEP", BOOLEAN);

    private SpecialVariables() {}

    /** As psql keeps it: a switch that is set to nothing is on. */
    public static String kept(String name, String value) {
        return value.isEmpty() && SWITCHES.containsKey(name) ? "on" : value;
    }

    /** As psql keeps it when it is unset: a switch is off, anything else is gone. */
    public static @Nullable String keptWhenUnset(String name) {
        return SWITCHES.containsKey(name) ? "off" : null;
    }

    /** What psql has against a value; null for nothing. */
    public static @Nullable String error(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return "invalid variable name: \"" + name + "\"";
        }
        String expected = SWITCHES.get(name);
        boolean known = expected == null || Switch.parse(value) != null || isInteractiveOnly(name, value);
        return known ? null : "unrecognized value \"" + value + "\" for \"" + name + "\"" + expected;
    }

    /** What only psql can do, and what would run differently without it; null for nothing. */
    public static @Nullable String unbuilt(String name, String value) {
        boolean built =
                switch (name) {
                    case "AUTOCOMMIT" -> Switch.isOn(value);
                    case "ON_ERROR_ROLLBACK", "SINGLELINE", "SINGLESTEP" -> Boolean.FALSE.equals(Switch.parse(value));
                    default -> true;
                };
        return built ? null : name + " cannot be \"" + value + "\" yet";
    }

    private static boolean isInteractiveOnly(String name, String value) {
        return name.equals("ON_ERROR_ROLLBACK") && value.equalsIgnoreCase("interactive");
    }
}
