package dev.pgwire.internal.tls;

/** Text that somebody wrote who has not shown who he is, as a message may repeat it. */
public final class ForeignText {
    private static final int MAX_LENGTH = 200;

    private ForeignText() {}

    /** The text on one line, without what a terminal obeys, and not too long. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            char at = text.charAt(i);
            shown.append(isVisible(at) ? at : '?');
        }
        return text.length() > MAX_LENGTH ? shown.append("...").toString() : shown.toString();
    }

    /** Neither a control character, nor one that breaks lines or turns the direction of what follows, nor half of one. */
    private static boolean isVisible(char at) {
        int type = Character.getType(at);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
