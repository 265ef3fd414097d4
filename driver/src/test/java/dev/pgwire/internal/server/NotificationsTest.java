package dev.pgwire.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pgwire.notification.Notification;
import dev.pgwire.protocol.backend.NotificationResponse;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private final Notifications notifications = new Notifications();

    private void came(String payload) {
        notifications.came(new NotificationResponse(1, "channel", payload));
    }

    private static String payload(NotificationQueue queue) {
        Notification next = queue.poll();
        assertNotNull(next);
        return next.payload();
    }

    @Test
    void whatCameForOneUserIsForgottenForTheNext() {
        came("for the first");
        notifications.reset();
        assertNull(notifications.queue().poll());
    }

    @Test
    void aUserWhoStillWaitsGetsNothingOfWhatComesForTheNext() {
        NotificationQueue ofTheFirst = notifications.queue();
        came("for the first");
        assertEquals("for the first", payload(ofTheFirst));

        notifications.reset();
        came("for the second");
        assertNull(ofTheFirst.poll());
        NotificationQueue ofTheSecond = notifications.queue();
        assertEquals("for the second", payload(ofTheSecond));

        notifications.reset();
        came("for the third");
        assertNull(ofTheSecond.poll());
        assertEquals("for the third", payload(notifications.queue()));
    }
}
