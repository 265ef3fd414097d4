package dev.pgwire.console.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The statements of PostgreSQL, and the page of the manual about each. */
final class SqlCommands {
    private static final int LINE = 80;
    private static final int MARGIN = 3;

    private SqlCommands() {}

    /** The answer of {@code \h}: all statements, or those that a text begins, by their names and pages. */
    static String help(String text, String serverVersion) {
        Map<String, String> pages = read();
        String wanted = text.replaceFirst("[\\s;]+$", "").toUpperCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return list(pages.keySet().toArray(String[]::new));
        }
        StringBuilder help = new StringBuilder();
        String exact = pages.containsKey(wanted) ? wanted : "";
        pages.forEach((name, page) -> {
            boolean matches = exact.isEmpty() ? wanted.equals("*") || name.startsWith(wanted) : name.equals(exact);
            if (matches) {
                help.append("Command:     ").append(name).append('\n');
                help.append("URL:         https://www.postgresql.org/docs/")
                        .append(serverVersion.replaceFirst("\\D.*", ""))
                        .append('/')
                        .append(page)
                        .append(".html\n\n");
            }
        });
        return help.isEmpty()
                ? "No help available for \"" + text + "\".\nTry \\h with no arguments to see available help.\n"
                : help.toString();
    }

    static List<String> names() {
        return List.copyOf(read().keySet());
    }

    private static String list(String... names) {
        int width = 0;
        for (String name : names) {
            width = Math.max(width, name.length() + 1);
        }
        int columns = Math.max(1, (LINE - MARGIN) / width);
        int rows = (names.length + columns - 1) / columns;
        StringBuilder list = new StringBuilder("Available help:\n");
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < columns && row + column * rows < names.length; column++) {
                String name = names[row + column * rows];
                line.append(name);
                line.append(column + 1 < columns ? " ".repeat(width - name.length()) : "");
            }
            list.append(line).append('\n');
        }
        return list.toString();
    }

    /** By name, in psql's order. */
    private static Map<String, String> read() {
        Map<String, String> pages = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(SqlCommands.class.getResourceAsStream("sql-commands.txt"))) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                String[] parts = line.split("\t");
                pages.put(
                        parts[0],
                        parts.length > 1
                                ? parts[1]
                                : "sql-" + parts[0].toLowerCase(Locale.ROOT).replace(" ", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }
}
