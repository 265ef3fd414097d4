package dev.pgwire.console.shell;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import org.jspecify.annotations.Nullable;

/** What stands before a line that is typed: {@code PROMPT1} or {@code PROMPT2} with its percent signs replaced. */
final class Prompt {
    private Prompt() {}

    static String of(Shell shell, char state, boolean inStatement) {
        String format = shell.variables().get(inStatement ? "PROMPT2" : "PROMPT1");
        StringBuilder prompt = new StringBuilder();
        String text = format == null ? "" : format;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                prompt.append(c);
            } else if (text.charAt(++i) == ':') {
                int end = text.indexOf(':', i + 1);
                String value = end < 0 ? null : shell.variables().get(text.substring(i + 1, end));
                prompt.append(value == null ? "" : value);
                i = end < 0 ? text.length() : end;
            } else {
                String part = part(text.charAt(i), shell, state);
                prompt.append(part == null ? String.valueOf(text.charAt(i)) : part);
            }
        }
        return prompt.toString();
    }

    private static @Nullable String part(char c, Shell shell, char state) {
        Connection connection = shell.connection();
        Config config = connection.config();
        String host = config.hosts().get(0).name();
        return switch (c) {
            case '/' -> config.database();
            case '~' -> config.database().equals(config.user()) ? "~" : config.database();
            case 'n' -> config.user();
            case 'M' -> host;
            case 'm' -> host.replaceFirst("\\..*", "");
            case '>' -> String.valueOf(config.hosts().get(0).port());
            case 'p' -> String.valueOf(connection.processId());
            case '#' -> "on".equals(connection.parameter("is_superuser")) ? "#" : ">";
            case 'R' -> String.valueOf(state);
            case 'x' ->
                switch (connection.transactionStatus()) {
                    case IDLE -> "";
                    case IN_TRANSACTION -> "*";
                    case FAILED -> "!";
                };
            case 'l' -> "";
            case '[', ']' -> "";
            case '%' -> "%";
            default -> null;
        };
    }
}
