package dev.pgwire.laboratory.capture.network;

import org.jspecify.annotations.Nullable;

/**
 * What a packet of IP carries.
 *
 * @param protocol 6 for TCP
 * @param fragment which part of a larger packet it is; null for a whole one
 * @param captured how many bytes of it were captured
 * @param size how many it had on the way
 */
record IpPayload(
        long time,
        IpAddress source,
        IpAddress target,
        int protocol,
        @Nullable Fragment fragment,
        byte[] bytes,
        int from,
        int captured,
        int size) {
    static final int TCP = 6;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1FFF;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;
    private static final int MOBILITY = 135;

    /**
     * A part of a larger packet.
     *
     * @param id the same in all parts
     * @param offset where it belongs
     * @param isLast whether the packet ends with it
     */
    record Fragment(int id, int offset, boolean isLast) {}

    /**
     * The payload of a packet of IPv4 or IPv6, as its first byte says.
     *
     * @param length how many bytes the packet had on its way, with those before it
     * @return null if its headers were not captured, or are none
     */
    static @Nullable IpPayload read(long time, byte[] bytes, int at, int length) {
        if (at >= bytes.length) {
            return null;
        }
        return switch (bytes[at] >>> 4 & 0xF) {
            case 4 -> readIpv4(time, bytes, at, length);
            case 6 -> readIpv6(time, bytes, at, length);
            default -> null;
        };
    }

    private static @Nullable IpPayload readIpv4(long time, byte[] bytes, int at, int length) {
        if (bytes.length - at < IPV4_HEADER) {
            return null;
        }
        int header = (bytes[at] & 0xF) * 4;
        // 0 where the network card was to cut the packet into several.
        int total = Numbers.int16(bytes, at + 2) == 0 ? length - at : Numbers.int16(bytes, at + 2);
        if (header < IPV4_HEADER || total < header) {
            return null;
        }
        int flags = Numbers.int16(bytes, at + 6);
        int offset = (flags & FRAGMENT_OFFSET) * 8;
        boolean isLast = (flags & MORE_FRAGMENTS) == 0;
        return of(
                time,
                new IpAddress(bytes, at + 12, 4),
                new IpAddress(bytes, at + 16, 4),
                bytes[at + 9] & 0xFF,
                offset == 0 && isLast ? null : new Fragment(Numbers.int16(bytes, at + 4), offset, isLast),
                bytes,
                at + header,
                total - header);
    }

    private static @Nullable IpPayload readIpv6(long time, byte[] bytes, int at, int length) {
        if (bytes.length - at < IPV6_HEADER) {
            return null;
        }
        int size = Numbers.int16(bytes, at + 4);
        int end = at + IPV6_HEADER + (size == 0 ? length - at - IPV6_HEADER : size);
        int protocol = bytes[at + 6] & 0xFF;
        int next = at + IPV6_HEADER;
        Fragment fragment = null;
        while (isExtension(protocol)) {
            if (bytes.length - next < 8) {
                return null;
            }
            int header = 8 + (bytes[next + 1] & 0xFF) * (protocol == AUTHENTICATION ? 4 : 8);
            if (protocol == FRAGMENT) {
                header = 8;
                int flags = Numbers.int16(bytes, next + 2);
                fragment = new Fragment(Numbers.int32(bytes, next + 4), flags & ~7, (flags & 1) == 0);
            }
            protocol = bytes[next] & 0xFF;
            next += header;
            if (fragment != null && fragment.offset() > 0) {
                // What follows is the middle of something.
                break;
            }
        }
        if (next > end) {
            return null;
        }
        boolean isWhole = fragment == null || fragment.offset() == 0 && fragment.isLast();
        return of(
                time,
                new IpAddress(bytes, at + 8, 16),
                new IpAddress(bytes, at + 24, 16),
                protocol,
                isWhole ? null : fragment,
                bytes,
                next,
                end - next);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION, MOBILITY -> true;
            default -> false;
        };
    }

    private static IpPayload of(
            long time,
            IpAddress source,
            IpAddress target,
            int protocol,
            @Nullable Fragment fragment,
            byte[] bytes,
            int from,
            int size) {
        int captured = Math.max(0, Math.min(size, bytes.length - from));
        return new IpPayload(
                time, source, target, protocol, fragment, bytes, Math.min(from, bytes.length), captured, size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return source + " to " + target + ", protocol " + protocol + ", " + captured + " of " + size + " bytes";
    }
}
