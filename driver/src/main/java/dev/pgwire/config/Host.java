package dev.pgwire.config;

import org.jspecify.annotations.Nullable;

/**
 * One of the servers that may be connected to.
 *
 * @param name a host name, an IP address, the directory of a Unix socket if it begins with a slash, or the name of an
 *     abstract one if it begins with {@code @}; empty if only the address was given
 * @param address the numeric address to connect to instead of looking up the name, or null
 * @param port the TCP port, or the number in the name of the Unix socket
 */
public record Host(String name, @Nullable String address, int port) {
    /** Whether it is a Unix socket. */
    public boolean isUnixSocket() {
        return address == null && !name.isEmpty() && (name.charAt(0) == '/' || name.charAt(0) == '@');
    }

    /** What a certificate, a password file and a message call it: the name, else the address. */
    public String shownName() {
        return name.isEmpty() && address != null ? address : name;
    }
}
