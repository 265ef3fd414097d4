/** What is in a captured packet: the headers of its link, of IP and of TCP. */
@NullMarked
package dev.pgwire.laboratory.capture.network;

import org.jspecify.annotations.NullMarked;
