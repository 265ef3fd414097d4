package dev.pgwire.console.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a cell as it is shown: tabs are expanded and control characters visible.
 *
 * @param origin what it goes on
 */
record CellLine(String text, int width, Origin origin) {
    private static final int TAB = 8;
    private static final CellLine EMPTY = new CellLine("", 0, Origin.CELL);

    /** The lines of a value, at least one; NULL looks like the empty string. */
    static List<CellLine> of(@Nullable String value) {
        if (value == null || isPlain(value)) {
            return List.of(value == null ? EMPTY : new CellLine(value, value.length(), Origin.CELL));
        }
        List<CellLine> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (int i = 0, c; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            if (c == '\n') {
                lines.add(new CellLine(line.toString(), width, originOf(lines)));
                line.setLength(0);
                width = 0;
            } else {
                width += append(line, c, width);
            }
        }
        lines.add(new CellLine(line.toString(), width, originOf(lines)));
        return lines;
    }

    /** The lines with those cut that are wider; a character that alone is wider has a line to itself. */
    static List<CellLine> wrapped(List<CellLine> lines, int widest) {
        if (lines.stream().allMatch(line -> line.width <= widest)) {
            return lines;
        }
        List<CellLine> wrapped = new ArrayList<>();
        for (CellLine line : lines) {
            line.wrap(widest, wrapped);
        }
        return wrapped;
    }

    private void wrap(int widest, List<CellLine> wrapped) {
        Origin begin = origin;
        int from = 0;
        int taken = 0;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            int next = Math.max(0, DisplayWidth.of(c));
            if (taken + next > widest && taken > 0) {
                wrapped.add(new CellLine(text.substring(from, i), taken, begin));
                begin = Origin.WRAP;
                from = i;
                taken = 0;
            }
            taken += next;
        }
        wrapped.add(new CellLine(text.substring(from), taken, begin));
    }

    private static Origin originOf(List<CellLine> before) {
        return before.isEmpty() ? Origin.CELL : Origin.NEWLINE;
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

    /** What a line goes on. */
    enum Origin {
        /** Nothing: it is the first. */
        CELL,
        NEWLINE,
        WRAP
    }
}
