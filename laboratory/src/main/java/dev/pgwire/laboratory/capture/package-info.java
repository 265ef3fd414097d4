/** Conversations with PostgreSQL in captures of the network: messages, durations, and a word for what cannot be read. */
@NullMarked
package dev.pgwire.laboratory.capture;

import org.jspecify.annotations.NullMarked;
