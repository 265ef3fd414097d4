/** The codecs of truth values, bytes and identifiers. */
@NullMarked
package dev.pgwire.internal.codec.bits;

import org.jspecify.annotations.NullMarked;
