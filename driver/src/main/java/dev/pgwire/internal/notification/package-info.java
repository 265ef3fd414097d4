/** Notifications for callers that do not wait: a publisher of them, and a subscriber that connects anew. */
@NullMarked
package dev.pgwire.internal.notification;

import org.jspecify.annotations.NullMarked;
