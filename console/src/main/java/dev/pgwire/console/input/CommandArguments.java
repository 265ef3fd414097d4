package dev.pgwire.console.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows a backslash on its line: the command's name, then its arguments, each read when it is asked for. A command that
 * wants a file reads it in another way than one that wants words, and nothing is evaluated that is not read.
 */
public final class CommandArguments {
    private final String text;
    private final Variables variables;
    private final Backquotes backquotes;
    private final Consumer<String> errors;
    private final String name;
    private int at;
    private boolean active = true;
    private char quote;
    private int unquoted;
    private boolean unterminated;

    /**
     * Reads the name.
     *
     * @param text of the line, behind the backslash
     * @param errors is told of quotes that are not closed, and of what cannot be evaluated
     */
    public CommandArguments(String text, Variables variables, Backquotes backquotes, Consumer<String> errors) {
        this.text = text;
        this.variables = variables;
        this.backquotes = backquotes;
        this.errors = errors;
        while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != '\\') {
            at++;
        }
        this.name = text.substring(0, at);
    }

    public String name() {
        return name;
    }

    /** Whether variables are replaced and backquotes run: not in a branch of {@code \if} that is not taken. */
    public void active(boolean newActive) {
        active = newActive;
    }

    /** The next argument; null if there is none, or if a quote in it is not closed. */
    public @Nullable String next() {
        return read(false);
    }

    /** As {@link #next}, without the semicolons at its end that stand in no quotes: people write them out of habit. */
    public @Nullable String nextWithoutSemicolon() {
        return read(true);
    }

    /** The next argument; with a vertical bar first it is the rest of the line, a program to be run. */
    public @Nullable String nextFile() {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == '|') {
            return rest();
        }
        return read(false);
    }

    /** The next argument as an SQL name: folded to lower case, but for what stands in double quotes, which are removed. */
    public @Nullable String nextName() {
        String argument = read(true);
        return argument == null ? null : folded(argument);
    }

    /** All that is left of the line, without the spaces around it; null for nothing. */
    public @Nullable String rest() {
        skipSpaces();
        String rest = text.substring(at).stripTrailing();
        at = text.length();
        return rest.isEmpty() ? null : rest;
    }

    /** {@link #rest} without semicolons at its end. */
    public @Nullable String restWithoutSemicolon() {
        String rest = rest();
        while (rest != null && (rest.endsWith(";") || rest.endsWith(" "))) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest == null || rest.isEmpty() ? null : rest;
    }

    /** All arguments up to the next backslash. */
    public List<String> all() {
        List<String> arguments = new ArrayList<>();
        for (String argument = next(); argument != null; argument = next()) {
            arguments.add(argument);
        }
        return arguments;
    }

    /** Whether the argument that was read last had quotes of any kind in it, or a variable. */
    public boolean wasQuoted() {
        return quote != 0;
    }

    /** How many characters of the text were read, with a double backslash at the end, which only separates commands. */
    public int end() {
        return text.startsWith("\\\\", at) ? at + 2 : at;
    }

    /** Forgets the rest of the line. */
    public void drop() {
        at = text.length();
    }

    /** A name as SQL reads it. */
    public static String folded(String argument) {
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < argument.length() && argument.charAt(i + 1) == '"') {
                    name.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else {
                name.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }

    private @Nullable String read(boolean dropsSemicolons) {
        skipSpaces();
        quote = 0;
        unquoted = 0;
        unterminated = false;
        StringBuilder argument = new StringBuilder();
        int begin = at;
        while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != '\\') {
            take(argument);
        }
        if (unterminated) {
            errors.accept("unterminated quoted string");
            return null;
        }
        while (dropsSemicolons && unquoted-- > 0 && argument.length() > 0 && last(argument) == ';') {
            argument.setLength(argument.length() - 1);
        }
        return at == begin ? null : argument.toString();
    }

    private void take(StringBuilder argument) {
        char c = text.charAt(at);
        Variables.Reference reference = c == ':' && active ? variables.reference(text, at) : null;
        int literal = c == ':' && reference == null ? Variables.quotedLength(text, at) : 0;
        if (literal > 0) {
            // What is not replaced stands there as it is, and its quotes are none.
            argument.append(text, at, at + literal);
            at += literal;
        } else if (c == '\'') {
            quoted(argument);
        } else if (c == '`') {
            backquoted(argument);
        } else if (c == '"') {
            identifier(argument);
        } else if (reference != null) {
            argument.append(reference.text());
            at += reference.length();
            quote = ':';
            unquoted = 0;
            return;
        } else {
            argument.append(c);
            at++;
            unquoted++;
            return;
        }
        quote = c;
        unquoted = 0;
    }

    private void quoted(StringBuilder argument) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escaped(argument);
            } else if (c != '\'') {
                argument.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                argument.append('\'');
                at++;
            } else {
                return;
            }
        }
        unterminated = true;
    }

    private void escaped(StringBuilder argument) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> argument.append('\n');
            case 't' -> argument.append('\t');
            case 'r' -> argument.append('\r');
            case 'b' -> argument.append('\b');
            case 'f' -> argument.append('\f');
            case 'x' -> {
                int end = digits(at, 2, 16);
                argument.append(end == at ? c : (char) Integer.parseInt(text.substring(at, end), 16));
                at = end;
            }
            default -> {
                int end = digits(at - 1, 3, 8);
                if (end == at - 1) {
                    argument.append(c);
                } else {
                    argument.append((char) (Integer.parseInt(text.substring(at - 1, end), 8) & 0xFF));
                    at = end;
                }
            }
        }
    }

    private int digits(int begin, int most, int radix) {
        int end = begin;
        while (end < text.length() && end < begin + most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    /** Double quotes stay: they say that a name is not to be folded to lower case. */
    private void identifier(StringBuilder argument) {
        do {
            argument.append(text.charAt(at++));
        } while (at < text.length() && text.charAt(at) != '"');
        if (at < text.length()) {
            argument.append(text.charAt(at++));
        } else {
            unterminated = true;
        }
    }

    private void backquoted(StringBuilder argument) {
        at++;
        StringBuilder command = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '`') {
            Variables.Reference reference =
                    text.charAt(at) == ':' && active ? variables.shellReference(text, at) : null;
            if (reference == null) {
                command.append(text.charAt(at++));
            } else {
                command.append(reference.text());
                at += reference.length();
            }
        }
        if (at == text.length()) {
            unterminated = true;
            return;
        }
        at++;
        argument.append(active ? backquotes.outputOf(command.toString()) : command);
    }

    private static char last(StringBuilder argument) {
        return argument.charAt(argument.length() - 1);
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    }

    /** What stands in backquotes is a command of the system's shell; the argument is what it prints. */
    @FunctionalInterface
    public interface Backquotes {
        /** What it prints, without the line feed at the end; nothing if it fails, which is told. */
        String outputOf(String command);
    }
}
