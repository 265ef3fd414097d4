package dev.pgwire.bench.script;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The variables of one client. A variable that was set as a text becomes a value when an expression asks for it. Belongs to one thread at a time. */
public final class Variables {
    private final Names names;
    private @Nullable Value[] values;
    private @Nullable String[] texts;

    /** No variable is set; the names must be complete. */
    public Variables(Names names) {
        this.names = names;
        this.values = new @Nullable Value[names.count()];
        this.texts = new @Nullable String[names.count()];
    }

    /** The same variables for another client. */
    public Variables copy() {
        Variables copy = new Variables(names);
        copy.set(this);
        return copy;
    }

    /** Makes all variables what they are in another one. */
    public void set(Variables other) {
        values = Arrays.copyOf(other.values, values.length);
        texts = Arrays.copyOf(other.texts, texts.length);
    }

    void set(int place, Value value) {
        values[place] = value;
        texts[place] = null;
    }

    /** Sets an integer, if any script asks for it. */
    public void set(String name, long value) {
        int place = names.known(name);
        if (place >= 0) {
            set(place, Value.of(value));
        }
    }

    /**
     * Sets a text, as a column of a result or the command line has it.
     *
     * @throws ScriptException if there cannot be a variable of that name
     */
    public void set(String name, String text) {
        int place = names.known(name);
        if (place < 0) {
            if (!Names.isValid(name)) {
                throw new ScriptException("\"" + name + "\" is no name of a variable, expected letters, digits and _");
            }
            return;
        }
        values[place] = null;
        texts[place] = text;
    }

    /** Whether a variable is set. */
    public boolean has(String name) {
        int place = names.known(name);
        return place >= 0 && (values[place] != null || texts[place] != null);
    }

    /** What stands in the place of a variable in SQL; null if it is not set. */
    public @Nullable String text(int place) {
        String text = texts[place];
        if (text == null) {
            Value value = values[place];
            if (value != null) {
                text = value.text();
                texts[place] = text;
            }
        }
        return text;
    }

    /** What an expression sees. */
    Value value(int place) {
        Value value = values[place];
        if (value == null) {
            String text = texts[place];
            if (text == null) {
                throw new ScriptException("the variable \"" + names.name(place) + "\" is not set");
            }
            value = read(names.name(place), text);
            values[place] = value;
        }
        return value;
    }

    private static Value read(String name, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("null")) {
            return Value.NULL;
        }
        if (!lower.isEmpty()) {
            if ("true".startsWith(lower) || "yes".startsWith(lower) || lower.equals("on")) {
                return Value.TRUE;
            }
            if ("false".startsWith(lower) || "no".startsWith(lower) || lower.equals("off") || lower.equals("of")) {
                return Value.FALSE;
            }
        }
        Value number = Numbers.read(text);
        if (number == null) {
            throw new ScriptException(
                    "the variable \"" + name + "\" is \"" + text + "\", expected a number, a boolean or null");
        }
        return number;
    }
}
