package dev.pgwire.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A command behind a backslash: its name and its arguments.
 *
 * @param length how many characters of the line belong to it
 * @param isUnterminated whether the last argument was left out, because it has no end
 */
record BackslashCommand(String name, List<String> arguments, int length, boolean isUnterminated) {

    /** Reads what follows the backslash, up to the end of the line or the next backslash. */
    static BackslashCommand parse(String text, Variables variables) {
        int end = 0;
        while (end < text.length() && !isSpace(text.charAt(end)) && text.charAt(end) != '\\') {
            end++;
        }
        List<String> arguments = new ArrayList<>();
        Reader reader = new Reader(text, end, variables);
        while (reader.hasNext()) {
            String argument = reader.next();
            if (!reader.isUnterminated()) {
                arguments.add(argument);
            }
        }
        return new BackslashCommand(text.substring(0, end), arguments, reader.end(), reader.isUnterminated());
    }

    /** The first argument, or the empty string. */
    String argument() {
        return arguments.isEmpty() ? "" : arguments.get(0);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    }

    private static final class Reader {
        private final String text;
        private final Variables variables;
        private int at;
        private boolean unterminated;

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

        String next() {
            StringBuilder argument = new StringBuilder();
            while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != '\\') {
                char c = text.charAt(at);
                Variables.Reference reference = c == ':' ? variables.reference(text, at) : null;
                if (c == '\'') {
                    quoted(argument);
                } else if (c == '"') {
                    identifier(argument);
                } else if (reference != null) {
                    argument.append(reference.text());
                    at += reference.length();
                } else {
                    argument.append(c);
                    at++;
                }
            }
            return argument.toString();
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
