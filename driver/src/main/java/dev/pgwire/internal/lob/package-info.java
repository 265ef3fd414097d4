/** Large objects. */
@NullMarked
package dev.pgwire.internal.lob;

import org.jspecify.annotations.NullMarked;
