package dev.pgwire.laboratory.capture.stream;

/** How a connection ends in a capture. */
public enum StreamEnd {
    /** Both ends have sent all that they had to. */
    CLOSED,
    /** One end has broken it off. */
    RESET,
    /** There was no listener at the port. */
    REFUSED,
    /** Another connection with the same addresses and ports has begun. */
    REPLACED,
    /** Too many others were open. */
    GIVEN_UP,
    /** The capture ends before it. */
    CAPTURE_ENDS
}
