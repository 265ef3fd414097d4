package dev.pgwire.laboratory.replay;

/** How often a server has given its client the turn to speak: what a client waits for before it goes on. */
final class Turns {
    private int ready;
    private int copies;
    private int errors;
    private int notifications;

    /** Takes the next message of the server. */
    void take(Said said) {
        switch (said.name()) {
            case "ReadyForQuery" -> {
                ready++;
                copies = 0;
                errors = 0;
            }
            case "CopyInResponse", "CopyBothResponse" -> copies++;
            case "ErrorResponse" -> errors++;
            case "NotificationResponse" -> notifications++;
            default -> {
                // More comes by itself.
            }
        }
    }

    /** Whether the client may go on as it did when it had these. */
    boolean haveReached(Turns recorded) {
        // A request that fails now asks for no data of a COPY any more.
        return ready > recorded.ready
                || (ready == recorded.ready && (copies >= recorded.copies || errors > recorded.errors));
    }

    /** Whether as many notifications have come. */
    boolean haveNotifications(Turns recorded) {
        return notifications >= recorded.notifications;
    }

    boolean isStarted() {
        return ready > 0;
    }
}
