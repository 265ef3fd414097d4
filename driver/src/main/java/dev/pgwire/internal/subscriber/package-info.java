/** What goes on listening when its connection is lost. */
@NullMarked
package dev.pgwire.internal.subscriber;

import org.jspecify.annotations.NullMarked;
