package dev.pgwire.laboratory.capture.network;

/** Numbers in the order of the network: the highest byte first. */
final class Numbers {
    private Numbers() {}

    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }
}
