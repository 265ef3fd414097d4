/** The codecs of what the server has for itself: transactions, rows, positions of its log, and names of its objects. */
@NullMarked
package dev.pgwire.internal.codec.system;

import org.jspecify.annotations.NullMarked;
