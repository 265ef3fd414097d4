package dev.pgwire.console.output;

/** Text of others for a terminal: on one line, not too long, without what could change how the rest is shown. */
public final class Visible {
    private static final int LONGEST = 300;

    private Visible() {}

    /** The text with control and formatting characters escaped, cut off if it is very long. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            if (i >= LONGEST) {
                return shown.append("...").toString();
            }
            c = text.codePointAt(i);
            if (c == '\n') {
                shown.append("; ");
            } else if (isHarmless(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(c < 0x80 ? "\\x%02X" : "\\u%04X", c));
            }
        }
        return shown.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
