/** The codecs of numbers. */
@NullMarked
package dev.pgwire.internal.codec.number;

import org.jspecify.annotations.NullMarked;
