/** Large objects for callers that do not wait. */
@NullMarked
package dev.pgwire.internal.async.object;

import org.jspecify.annotations.NullMarked;
