package dev.pgwire.console.catalog;

import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** Lines of text that a query of the catalogs makes, to stand below a table. */
public final class Lines {
    private Lines() {}

    /** The first column of each row. */
    public static List<String> of(Shell shell, String sql) {
        List<String> lines = new ArrayList<>();
        shell.query(sql).rows().forEach(row -> lines.add(String.valueOf(row.get(0))));
        return lines;
    }

    /** As {@link #of}, with a title; none if there are no lines. */
    public static List<String> below(Shell shell, String title, String sql) {
        List<String> lines = of(shell, sql);
        if (!lines.isEmpty()) {
            lines.add(0, title);
        }
        return lines;
    }

    /** The lines behind one title, which stand below each other with commas between them. */
    public static List<String> aligned(String title, List<String> entries) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String begin = i == 0 ? title + ": " : " ".repeat(title.length() + 2);
            lines.add(begin + entries.get(i) + (i + 1 < entries.size() ? "," : ""));
        }
        return lines;
    }
}
