package dev.pgwire.console.output;

/** The characters that tables are drawn with. */
public record LineStyle(
        Rule top,
        Rule middle,
        Rule bottom,
        Rule data,
        Continued divider,
        String dividerOfBlank,
        Marks heading,
        Marks newline,
        Marks wrap,
        boolean isOld) {

    private static final Rule ASCII_RULE = new Rule("-", "+", "+", "+");
    private static final Rule ASCII_DATA = new Rule("", "|", "|", "|");
    private static final LineStyle ASCII = new LineStyle(
            ASCII_RULE,
            ASCII_RULE,
            ASCII_RULE,
            ASCII_DATA,
            new Continued("|", "|"),
            "|",
            new Marks(" ", "+"),
            new Marks(" ", "+"),
            new Marks(".", "."),
            false);
    private static final LineStyle OLD_ASCII = new LineStyle(
            ASCII_RULE,
            ASCII_RULE,
            ASCII_RULE,
            ASCII_DATA,
            new Continued(":", ";"),
            " ",
            new Marks("+", " "),
            new Marks(" ", " "),
            new Marks(" ", " "),
            true);

    private static LineStyle of(Unicode unicode) {
        int border = unicode.border.ordinal();
        int column = unicode.column.ordinal();
        int header = unicode.header.ordinal();
        // Of each row, the first pair is for what crosses a single line, the second for what crosses a double one.
        char horizontal = "─═".charAt(border);
        char vertical = "│║".charAt(border);
        String crossing = new String[] {"┼╪", "╫╬"}[column];
        Rule top = rule(
                horizontal, "┌╔".charAt(border), new String[] {"┬╤", "╥╦"}[column].charAt(border), "┐╗".charAt(border));
        Rule middle = rule(
                "─═".charAt(header),
                new String[] {"├╟", "╞╠"}[header].charAt(border),
                crossing.charAt(header),
                new String[] {"┤╢", "╡╣"}[header].charAt(border));
        Rule bottom = rule(
                horizontal, "└╚".charAt(border), new String[] {"┴╧", "╨╩"}[column].charAt(border), "┘╝".charAt(border));
        String divider = String.valueOf("│║".charAt(column));
        Rule data = new Rule("", String.valueOf(vertical), divider, String.valueOf(vertical));
        return new LineStyle(
                top,
                middle,
                bottom,
                data,
                new Continued(divider, divider),
                divider,
                new Marks(" ", "↵"),
                new Marks(" ", "↵"),
                new Marks("…", "…"),
                false);
    }

    private static Rule rule(char horizontal, char left, char divider, char right) {
        return new Rule(
                String.valueOf(horizontal), String.valueOf(left), String.valueOf(divider), String.valueOf(right));
    }

    /** A horizontal line, and what stands where columns begin and end; or, without the line, a row of values. */
    record Rule(String horizontal, String left, String divider, String right) {}

    /** What stands before a value that goes on in its next line, and before one that was too wide. */
    record Continued(String newline, String wrap) {}

    /** What stands to the left of a line that goes on another, and to the right of the one that goes on. */
    record Marks(String left, String right) {}

    /** As {@code \pset linestyle} names them. */
    public enum Name {
        ASCII,
        OLD_ASCII,
        UNICODE;

        LineStyle style(Unicode unicode) {
            return switch (this) {
                case ASCII -> LineStyle.ASCII;
                case OLD_ASCII -> LineStyle.OLD_ASCII;
                case UNICODE -> of(unicode);
            };
        }

        @Override
        public String toString() {
            return Words.of(this);
        }
    }

    /** Which lines of the Unicode style are double. */
    public record Unicode(Stroke border, Stroke column, Stroke header) {
        public static final Unicode SINGLE = new Unicode(Stroke.SINGLE, Stroke.SINGLE, Stroke.SINGLE);
    }

    /** A line of one stroke or two. */
    public enum Stroke {
        SINGLE,
        DOUBLE;

        @Override
        public String toString() {
            return Words.of(this);
        }
    }
}
