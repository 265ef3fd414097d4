package dev.pgwire.internal.codec.array;

/** Writes an array as the server prints it. */
final class ArrayText {
    private final StringBuilder out = new StringBuilder();
    private final char delimiter;

    ArrayText(char delimiter) {
        this.delimiter = delimiter;
    }

    /** The bounds, which the server prints only where one of them does not begin at 1. */
    void bounds(int[] lengths, int[] lowerBounds) {
        boolean usual = true;
        for (int lower : lowerBounds) {
            usual &= lower == 1;
        }
        if (!usual) {
            for (int i = 0; i < lengths.length; i++) {
                out.append('[').append(lowerBounds[i]).append(':');
                out.append(lowerBounds[i] + lengths[i] - 1).append(']');
            }
            out.append('=');
        }
    }

    void open() {
        out.append('{');
    }

    void close() {
        out.append('}');
    }

    void between() {
        out.append(delimiter);
    }

    void ofNull() {
        out.append("NULL");
    }

    void element(String text) {
        if (!needsQuotes(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private boolean needsQuotes(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("NULL")) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || c == ' ' || (c >= 9 && c <= 13)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
