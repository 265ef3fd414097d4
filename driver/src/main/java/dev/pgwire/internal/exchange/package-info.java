/** The conversation with the server: who asked what, and which answer is whose. Knows messages, no channels. */
@NullMarked
package dev.pgwire.internal.exchange;

import org.jspecify.annotations.NullMarked;
