package dev.pgwire.protocol;

/**
 * A protocol version, such as 3.2.
 *
 * @param major 0 to 65535; PostgreSQL has spoken 3 since 2003
 * @param minor 0 to 65535; 0 for every server before PostgreSQL 18, 2 from then on
 */
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {
    public static final ProtocolVersion V3_0 = new ProtocolVersion(3, 0);
    public static final ProtocolVersion V3_2 = new ProtocolVersion(3, 2);

    public ProtocolVersion {
        if (major < 0 || major > 0xFFFF || minor < 0 || minor > 0xFFFF) {
            throw new IllegalArgumentException(
                    "protocol version " + major + "." + minor + ", expected two numbers from 0 to 65535");
        }
    }

    /** The number on the wire: the major version in the upper 16 bits, the minor version in the lower. */
    public int code() {
        return major << 16 | minor;
    }

    /** The version with this number on the wire. */
    public static ProtocolVersion of(int code) {
        return new ProtocolVersion(code >>> 16, code & 0xFFFF);
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Integer.compareUnsigned(code(), other.code());
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
