/**
 * The messages that a client sends, one file each, and the decoder that a proxy or a scripted server needs. The layouts
 * are those of the PostgreSQL manual, 54.7 Message Formats.
 */
@NullMarked
package dev.pgwire.protocol.frontend;

import org.jspecify.annotations.NullMarked;
