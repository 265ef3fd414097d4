package dev.pgwire.type;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An address of IPv4 or IPv6 and the length of its network's prefix, as the types inet and cidr have them. Immutable.
 * Source: PostgreSQL manual, 8.9 Network Address Types.
 *
 * <p>Each byte stays as it is: {@code ::ffff:1.2.3.4} is an address of IPv6 here, which {@link InetAddress#getByName} makes one of
 * IPv4.
 */
public final class Inet {
    private final byte[] address;
    private final int prefix;

    private Inet(byte[] address, int prefix) {
        if (address.length != 4 && address.length != 16) {
            throw new IllegalArgumentException(
                    "an address of " + address.length + " bytes, expected 4 of IPv4 or 16 of IPv6");
        }
        if (prefix < 0 || prefix > 8 * address.length) {
            throw new IllegalArgumentException("a prefix of " + prefix + " bits, expected 0 to " + 8 * address.length);
        }
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * An address from its text.
     *
     * @param text for example "10.0.0.1", "10.0.0.1/8", "2001:db8::/32"
     * @return the address; without a "/" its prefix is the whole of it
     * @throws IllegalArgumentException if the text is no address; a name is none
     */
    public static Inet of(String text) {
        int slash = text.indexOf('/');
        byte[] address = InetText.address(slash < 0 ? text : text.substring(0, slash));
        return new Inet(address, slash < 0 ? 8 * address.length : InetText.number(text, slash + 1, text.length(), 128));
    }

    /**
     * An address of a host.
     *
     * @param address the address
     * @return the same, with all of it for its prefix
     * @throws IllegalArgumentException if the address has a scope, such as "fe80::1%eth0", which PostgreSQL cannot store
     */
    public static Inet of(InetAddress address) {
        return of(address, 8 * address.getAddress().length);
    }

    /**
     * An address of a host in a network.
     *
     * @param address the address
     * @param prefix how many bits from the left name the network: 0 to 32 of IPv4, 0 to 128 of IPv6
     * @return the two together
     * @throws IllegalArgumentException if the prefix is longer than the address, or if the address has a scope, such as
     *     "fe80::1%eth0", which PostgreSQL cannot store
     */
    public static Inet of(InetAddress address, int prefix) {
        if (address instanceof Inet6Address v6 && (v6.getScopeId() != 0 || v6.getScopedInterface() != null)) {
            throw new IllegalArgumentException(address.getHostAddress()
                    + " has a scope, which PostgreSQL cannot store, expected an address without");
        }
        return new Inet(address.getAddress(), prefix);
    }

    /**
     * An address from its bytes.
     *
     * @param address 4 bytes of IPv4 or 16 of IPv6, which are copied
     * @param prefix how many bits from the left name the network: 0 to 32 of IPv4, 0 to 128 of IPv6
     * @return the two together
     * @throws IllegalArgumentException if there are more or fewer bytes, or if the prefix is longer than the address
     */
    public static Inet of(byte[] address, int prefix) {
        return new Inet(address.clone(), prefix);
    }

    /**
     * The bytes of the address.
     *
     * @return a copy: 4 bytes of IPv4 or 16 of IPv6
     */
    public byte[] address() {
        return address.clone();
    }

    /**
     * How many bits from the left name the network.
     *
     * @return 0 to 32 of IPv4, 0 to 128 of IPv6
     */
    public int prefix() {
        return prefix;
    }

    /**
     * Whether the prefix is the whole address, which then is that of one host.
     *
     * @return true for "10.0.0.1", false for "10.0.0.1/8"
     */
    public boolean isHost() {
        return prefix == 8 * address.length;
    }

    /**
     * Whether no bit to the right of the prefix is set: only then the type cidr has it.
     *
     * @return true for "10.0.0.0/8", false for "10.0.0.1/8"
     */
    public boolean isNetwork() {
        return Arrays.equals(address, masked());
    }

    /**
     * The network that the address is in.
     *
     * @return "10.0.0.0/8" of "10.0.0.1/8"
     */
    public Inet network() {
        return new Inet(masked(), prefix);
    }

    private byte[] masked() {
        byte[] bytes = address.clone();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - 8 * i));
            bytes[i] &= (byte) (0xFF00 >> kept);
        }
        return bytes;
    }

    /**
     * Whether another address is in this one's network, or is all of it, as the server's operator {@code >>=} says.
     *
     * @param other the other one
     * @return false as well if one is of IPv4 and the other of IPv6
     */
    public boolean contains(Inet other) {
        return address.length == other.address.length
                && prefix <= other.prefix
                && Arrays.equals(masked(), new Inet(other.address, prefix).masked());
    }

    /**
     * The address without its prefix.
     *
     * @return an Inet4Address or an Inet6Address, also of an IPv6 address that stands for one of IPv4
     */
    public InetAddress toInetAddress() {
        try {
            return address.length == 4
                    ? InetAddress.getByAddress(address)
                    : Inet6Address.getByAddress(null, address, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is right", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Inet inet && prefix == inet.prefix && Arrays.equals(address, inet.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + prefix;
    }

    /**
     * The address as the server prints an inet.
     *
     * @return for example "10.0.0.1", "10.0.0.1/8": the prefix only if it is not the whole address
     */
    @Override
    public String toString() {
        return isHost() ? InetText.of(address) : InetText.of(address) + "/" + prefix;
    }
}
