/** A server of one's own: it speaks the protocol, and answers what a program says. */
@NullMarked
package dev.pgwire.laboratory.server;

import org.jspecify.annotations.NullMarked;
