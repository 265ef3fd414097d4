/** Which types there are, and which codec serves each of them. */
@NullMarked
package dev.pgwire.internal.registry;

import org.jspecify.annotations.NullMarked;
