/** Records of a program: made of rows, and read where their values are given. */
@NullMarked
package dev.pgwire.internal.record;

import org.jspecify.annotations.NullMarked;
