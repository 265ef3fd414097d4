package dev.pgwire.notification;

/**
 * A session called NOTIFY on a channel that is listened to (the manual's page on NOTIFY). The server sends it when the transaction of the
 * one has committed, and the other is in none.
 *
 * @param channel the channel's name, as the catalog would have it: {@code LISTEN Orders} listens to {@code orders}
 * @param payload what was sent with it; empty if nothing was
 * @param processId of the server process that notified; that of the own session if it did so itself
 * @param missed how many notifications directly before this one were dropped, because they were not taken in time; nearly always 0
 */
public record Notification(String channel, String payload, int processId, long missed) {}
