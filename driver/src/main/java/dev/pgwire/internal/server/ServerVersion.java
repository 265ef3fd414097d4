package dev.pgwire.internal.server;

/** The version of a server as a number, which can be compared. */
public final class ServerVersion {
    private static final int PARTS = 3;
    private static final int TWO_PARTS_FROM = 10;

    private ServerVersion() {}

    /**
     * The number that libpq's PQserverVersion makes of a version: 180006 of {@code 18.6 (Debian 18.6-1)}, 90624 of
     * {@code 9.6.24}, 180000 of {@code 18beta1}.
     *
     * @return 0 if the text does not begin with a version
     */
    public static int number(String text) {
        int[] parts = new int[PARTS];
        int count = 0;
        int at = 0;
        while (count < PARTS && at < text.length() && isDigit(text.charAt(at))) {
            while (at < text.length() && isDigit(text.charAt(at))) {
                parts[count] = Math.min(10 * parts[count] + text.charAt(at++) - '0', 9_999);
            }
            count++;
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
            } else {
                break;
            }
        }
        if (parts[0] >= TWO_PARTS_FROM) {
            return 10_000 * parts[0] + parts[1];
        }
        return 10_000 * parts[0] + 100 * parts[1] + parts[2];
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
