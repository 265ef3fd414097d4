/** Files of captured packets: pcap and pcapng, from the first byte on, in bounded memory. */
@NullMarked
package dev.pgwire.laboratory.capture.file;

import org.jspecify.annotations.NullMarked;
