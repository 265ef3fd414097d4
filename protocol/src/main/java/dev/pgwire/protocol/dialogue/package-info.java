/** Reading any conversation: bytes of both sides to messages, without channels and without a connection. */
@NullMarked
package dev.pgwire.protocol.dialogue;

import org.jspecify.annotations.NullMarked;
