package dev.pgwire.console.output;

import java.util.Locale;

/** {@code \timing}. */
public final class Timing {
    private Timing() {}

    public static String line(long nanos) {
        double millis = nanos / 1e6;
        String text = String.format(Locale.ROOT, "Time: %.3f ms", millis);
        double seconds = millis / 1000;
        if (seconds < 1) {
            return text;
        }
        long minutes = (long) (seconds / 60);
        double rest = seconds - 60 * minutes;
        if (minutes < 60) {
            return text + String.format(Locale.ROOT, " (%02d:%06.3f)", minutes, rest);
        }
        long hours = minutes / 60;
        String clock = String.format(Locale.ROOT, "%02d:%02d:%06.3f", hours % 24, minutes % 60, rest);
        return text + (hours < 24 ? " (" + clock + ")" : " (" + hours / 24 + " d " + clock + ")");
    }
}
