/** When what runs is cancelled, and what keeps a cancel request from the statement behind. */
@NullMarked
package dev.pgwire.internal.cancel;

import org.jspecify.annotations.NullMarked;
