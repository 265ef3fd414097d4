/** Segments of TCP put together: what each end sent, in order, with a word for what was not captured. */
@NullMarked
package dev.pgwire.laboratory.capture.stream;

import org.jspecify.annotations.NullMarked;
