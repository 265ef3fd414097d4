/** What all codecs have in common: the one base class, text, numbers in bytes, the buffer that they write to. */
@NullMarked
package dev.pgwire.internal.codec;

import org.jspecify.annotations.NullMarked;
