/**
 * The messages that a server sends, one file each, and the decoder from tag and body to message. The layouts are those
 * of the PostgreSQL manual, 54.7 Message Formats.
 */
@NullMarked
package dev.pgwire.protocol.backend;

import org.jspecify.annotations.NullMarked;
