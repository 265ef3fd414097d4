package dev.pgwire.laboratory.capture.file;

import java.io.IOException;

/** What was to be read as a capture is none. */
public final class NoCaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    NoCaptureException(String found) {
        super(found + ", expected a capture: a file of pcap or pcapng, as tcpdump -w and dumpcap write it");
    }
}
