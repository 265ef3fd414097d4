/**
 * What sessions tell each other by NOTIFY: a {@link dev.pgwire.notification.Notification}, and the
 * {@link dev.pgwire.notification.Subscriber} that goes on listening when its connection is lost.
 */
@NullMarked
package dev.pgwire.notification;

import org.jspecify.annotations.NullMarked;
