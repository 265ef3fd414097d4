/** The codec of arrays of whatever type. */
@NullMarked
package dev.pgwire.internal.codec.array;

import org.jspecify.annotations.NullMarked;
