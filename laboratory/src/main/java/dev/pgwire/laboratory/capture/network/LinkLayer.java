package dev.pgwire.laboratory.capture.network;

/** Where the packet of IP begins behind the header of its link. */
final class LinkLayer {
    /** The answer for a packet that carries no IP, or whose header was not captured. */
    static final int NO_IP = -1;
    /** The answer for a link that is not known here. */
    static final int UNKNOWN = -2;

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int IPV4_TYPE = 0x0800;
    private static final int IPV6_TYPE = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88A8;
    private static final int OLD_SERVICE_VLAN = 0x9100;
    private static final int VLAN_TAG = 4;

    private LinkLayer() {}

    static int ipAt(int link, byte[] bytes) {
        return switch (link) {
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6 -> 0;
            // The family of the address, whose numbers differ by system and order: IP itself says which version it is.
            case NULL, LOOP -> bytes.length < 4 ? NO_IP : 4;
            case ETHERNET -> behindType(bytes, 12);
            case LINUX_COOKED -> behindType(bytes, 14);
            case LINUX_COOKED_2 -> bytes.length < 20 ? NO_IP : behindCooked2(bytes);
            default -> UNKNOWN;
        };
    }

    private static int behindType(byte[] bytes, int typeAt) {
        int at = typeAt;
        while (at + 2 <= bytes.length) {
            switch (Numbers.int16(bytes, at)) {
                case IPV4_TYPE, IPV6_TYPE -> {
                    return at + 2;
                }
                case VLAN, SERVICE_VLAN, OLD_SERVICE_VLAN -> at += VLAN_TAG;
                default -> {
                    return NO_IP;
                }
            }
        }
        return NO_IP;
    }

    private static int behindCooked2(byte[] bytes) {
        return switch (Numbers.int16(bytes, 0)) {
            case IPV4_TYPE, IPV6_TYPE -> 20;
            // The tag stands where the packet would.
            case VLAN, SERVICE_VLAN, OLD_SERVICE_VLAN -> behindType(bytes, 22);
            default -> NO_IP;
        };
    }
}
