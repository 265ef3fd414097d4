/** The formats of the data of COPY: rows become lines or binary, and lines become rows. */
@NullMarked
package dev.pgwire.internal.copy.form;

import org.jspecify.annotations.NullMarked;
