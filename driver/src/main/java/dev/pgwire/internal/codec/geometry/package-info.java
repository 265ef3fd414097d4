/** The codecs of points and shapes in the plane. */
@NullMarked
package dev.pgwire.internal.codec.geometry;

import org.jspecify.annotations.NullMarked;
