/** The codecs of dates and times. */
@NullMarked
package dev.pgwire.internal.codec.time;

import org.jspecify.annotations.NullMarked;
