package dev.pgwire.console.input;

import java.util.ArrayList;
import java.util.List;

/**
 * A command behind a backslash: its name and its arguments.
 *
 * @param length how many characters of the line belong to it
 * @param isUnterminated whether the last argument was left out, because it has no end
 * @param hasBackquotes whether an argument is what a program of the shell prints, which is not run
 */
public record BackslashCommand(
        String name, List<String> arguments, int length, boolean isUnterminated, boolean hasBackquotes) {

    /** Reads what follows the backslash, up to the end of the line or the next backslash. */
    public static BackslashCommand parse(String text, Variables variables) {
        int end = 0;
        while (end < text.length() && !isSpace(text.charAt(end)) && text.charAt(end) != '\\') {
            end++;
        }
        String name = text.substring(0, end);
        if (name.startsWith("d")) {
            // Letters that psql does not know say nothing there; \d itself has none.
            name = name.replaceFirst("(?<=..);+$", "");
        }
        List<String> arguments = new ArrayList<>();
        Reader reader = new Reader(text, end, variables);
        while (reader.hasNext()) {
            String argument = reader.next(arguments.isEmpty() && dropsSemicolons(name));
            if (!reader.isUnterminated()) {
                arguments.add(argument);
            }
        }
        return new BackslashCommand(name, arguments, reader.end(), reader.isUnterminated(), reader.hasBackquotes());
    }

    /** The first argument, or the empty string. */
    public String argument() {
        return arguments.isEmpty() ? "" : arguments.get(0);
    }

    /** Whether the command's first argument may be followed by semicolons, as people write them out of habit. */
    private static boolean dropsSemicolons(String name) {
        return switch (name) {
            case "i", "include", "include_relative", "ir", "l", "list", "o", "out", "t", "x" -> true;
            default -> name.startsWith("d");
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    }

    private static final class Reader {
        private final String text;
        private final Variables variables;
        private int at;
        private boolean unterminated;
        private boolean backquotes;

        Reader(String text, int at, Variables variables) {
            this.text = text;
            this.at = at;
            this.variables = variables;
        }

        boolean hasNext() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            return at < text.length() && text.charAt(at) != '\\';
        }

        String next(boolean dropsSemicolons) {
            StringBuilder argument = new StringBuilder();
            int quoted = 0;
            while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != '\\') {
                char c = text.charAt(at);
                Variables.Reference reference = c == ':' ? variables.reference(text, at) : null;
                backquotes |= c == '`';
                if (c == '\'') {
                    quoted(argument);
                    quoted = argument.length();
                } else if (c == '"') {
                    identifier(argument);
                    quoted = argument.length();
                } else if (reference != null) {
                    argument.append(reference.text());
                    at += reference.length();
                    quoted = argument.length();
                } else {
                    argument.append(c);
                    at++;
                }
            }
            int end = argument.length();
            while (dropsSemicolons && end > quoted && argument.charAt(end - 1) == ';') {
                end--;
            }
            return argument.substring(0, end);
        }

        boolean hasBackquotes() {
            return backquotes;
        }

        boolean isUnterminated() {
            return unterminated;
        }

        /** Past a double backslash, which only separates; a single one begins the next command. */
        int end() {
            return text.startsWith("\\\\", at) ? at + 2 : at;
        }

        private void quoted(StringBuilder argument) {
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\' && at < text.length()) {
                    argument.append(unescaped(text.charAt(at++)));
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

        private static char unescaped(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> c;
            };
        }
    }
}
