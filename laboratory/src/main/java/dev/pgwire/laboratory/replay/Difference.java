package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.dialogue.Side;
import org.jspecify.annotations.Nullable;

/**
 * A message that differs from the recorded one. As text it has a line that says where, and what was expected and what came behind
 * {@code -} and {@code +}, where {@code *} is what a mask has hidden.
 *
 * @param connection the number of the connection in the recording
 * @param number the place of the message in the recorded connection, from 1; of one that was added, the place that it came before
 * @param side who sends it
 * @param expected the message of the recording; null if it is one that was added
 * @param got the message that came; null if it is one that was lost
 * @param expectedText what was compared of the one, null as it is
 * @param gotText what was compared of the other, null as it is
 */
public record Difference(
        int connection,
        int number,
        Side side,
        @Nullable Said expected,
        @Nullable Said got,
        @Nullable String expectedText,
        @Nullable String gotText) {

    @Override
    public String toString() {
        String what = expected == null ? "was added" : got == null ? "is missing" : "has changed";
        StringBuilder text = new StringBuilder("connection " + connection + ", message " + number + " of the "
                + (side == Side.FRONTEND ? "client" : "server") + " " + what + ":");
        if (expectedText != null) {
            text.append("\n- ").append(expectedText);
        }
        if (gotText != null) {
            text.append("\n+ ").append(gotText);
        }
        return text.toString();
    }
}
