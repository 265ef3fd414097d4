/** The codecs of truth values, bits, bytes and UUIDs. */
@NullMarked
package dev.pgwire.internal.codec.bits;

import org.jspecify.annotations.NullMarked;
