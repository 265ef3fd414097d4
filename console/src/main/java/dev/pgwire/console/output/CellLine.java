package dev.pgwire.console.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a cell as it is shown: tabs are expanded and control characters visible. */
record CellLine(String text, int width) {
    private static final int TAB = 8;

    /** The lines of a value, at least one; NULL looks like the empty string. */
    static List<CellLine> of(@Nullable String value) {
        if (value == null || isPlain(value)) {
            return List.of(value == null ? new CellLine("", 0) : new CellLine(value, value.length()));
        }
        List<CellLine> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (int i = 0, c; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            if (c == '\n') {
                lines.add(new CellLine(line.toString(), width));
                line.setLength(0);
                width = 0;
            } else {
                width += append(line, c, width);
            }
        }
        lines.add(new CellLine(line.toString(), width));
        return lines;
    }

    /** The width of the widest line. */
    static int width(List<CellLine> lines) {
        int width = 0;
        for (CellLine line : lines) {
            width = Math.max(width, line.width);
        }
        return width;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static int append(StringBuilder line, int c, int column) {
        int width = DisplayWidth.of(c);
        if (width >= 0) {
            line.appendCodePoint(c);
            return width;
        }
        String shown;
        if (c == '\t') {
            shown = " ".repeat(TAB - column % TAB);
        } else if (c == '\r') {
            shown = "\\r";
        } else {
            shown = String.format(c < 0x80 ? "\\x%02X" : "\\u%04X", c);
        }
        line.append(shown);
        return shown.length();
    }
}
