package dev.pgwire.internal.codec.network;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Inet;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * inet and cidr, read as an {@link Inet}: addresses of hosts with the length of a prefix, and networks, which have no bit to the
 * right of it. Source: PostgreSQL manual, 8.9 Network Address Types.
 *
 * <pre>
 * Int8 2 for IPv4, 3 for IPv6
 * Int8 length of the prefix, in bits
 * Int8 1 for cidr, 0 for inet; the server does not read it
 * Int8 length of the address: 4 or 16
 * Byten address
 * </pre>
 */
public final class InetCodec extends FieldCodec<Inet> {
    /** The codec of inet. */
    public static final InetCodec INET = new InetCodec("inet");

    /** The codec of cidr. */
    public static final InetCodec CIDR = new InetCodec("cidr");

    private static final int HEADER = 4;
    private static final int V4 = 2;
    private static final int V6 = 3;

    /** The longest that a server prints has 43 bytes. */
    private static final int MAX_TEXT = 50;

    private InetCodec(String name) {
        super(name, Inet.class);
    }

    private boolean isCidr() {
        return this == CIDR;
    }

    @Override
    public Inet decodeBinary(byte[] source, int offset, int length) {
        int size = length - HEADER;
        if (size != 4 && size != 16) {
            throw badBinary(length + " bytes, expected 8 or 20");
        }
        int family = source[offset];
        int prefix = source[offset + 1] & 0xFF;
        if (family != (size == 4 ? V4 : V6) || source[offset + 3] != size || prefix > 8 * size) {
            throw badBinary("family " + family + ", " + prefix + " bits and a length of " + source[offset + 3] + " in "
                    + length + " bytes");
        }
        Inet value = Inet.of(Arrays.copyOfRange(source, offset + HEADER, offset + length), prefix);
        if (isCidr() && !value.isNetwork()) {
            throw badBinary(value + " has bits to the right of its prefix");
        }
        return value;
    }

    @Override
    public Inet decodeText(byte[] source, int offset, int length) {
        if (length > MAX_TEXT) {
            throw badText(source, offset, length);
        }
        Inet value;
        try {
            value = Inet.of(Utf8.decode(source, offset, length));
        } catch (IllegalArgumentException e) {
            throw badText(source, offset, length);
        }
        if (isCidr() && !value.isNetwork()) {
            throw badText(source, offset, length);
        }
        return value;
    }

    /** As the output function has it; the cast of inet to text adds the prefix always. */
    @Override
    public String format(Inet value) {
        return isCidr() && value.isHost() ? value + "/" + value.prefix() : value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof Inet inet) {
            return !isCidr() || inet.isNetwork();
        }
        if (value instanceof Inet6Address v6) {
            return v6.getScopeId() == 0 && v6.getScopedInterface() == null;
        }
        return value instanceof InetAddress;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Inet inet = value instanceof InetAddress host ? Inet.of(host) : (Inet) value;
        byte[] address = inet.address();
        out.writeByte(address.length == 4 ? V4 : V6);
        out.writeByte(inet.prefix());
        out.writeByte(isCidr() ? 1 : 0);
        out.writeByte(address.length);
        out.writeBytes(address);
    }

    @Override
    public String expected() {
        return (isCidr() ? "an Inet without bits to the right of its prefix" : "an Inet")
                + ", or an InetAddress without a scope";
    }

    @Override
    protected @Nullable Object convertTo(Inet value, Class<?> target) {
        if (!InetAddress.class.isAssignableFrom(target)) {
            return null;
        }
        if (!value.isHost()) {
            throw new DataException(
                    SqlState.DATA_EXCEPTION,
                    value + " of type " + name() + " has a prefix, which an InetAddress cannot hold, expected Inet",
                    null);
        }
        InetAddress address = value.toInetAddress();
        return target.isInstance(address) ? address : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return InetAddress.class.isAssignableFrom(target);
    }

    @Override
    protected String conversions() {
        return "Inet, InetAddress, String";
    }
}
