/** The codecs of ranges and multiranges of whatever type. */
@NullMarked
package dev.pgwire.internal.codec.range;

import org.jspecify.annotations.NullMarked;
