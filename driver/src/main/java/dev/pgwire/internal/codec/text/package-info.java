/** The codecs of types that are text, or nearly so. */
@NullMarked
package dev.pgwire.internal.codec.text;

import org.jspecify.annotations.NullMarked;
