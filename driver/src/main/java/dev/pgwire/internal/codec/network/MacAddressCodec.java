package dev.pgwire.internal.codec.network;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.MacAddress;
import java.util.Arrays;

/**
 * macaddr and macaddr8, read as a {@link MacAddress}: 6 bytes and 8. Neither takes the other's, which the server would change
 * on the way. Source: PostgreSQL manual, 8.9.4 macaddr, 8.9.5 macaddr8.
 */
public final class MacAddressCodec extends FieldCodec<MacAddress> {
    /** The codec of macaddr. */
    public static final MacAddressCodec MACADDR = new MacAddressCodec("macaddr", 6);

    /** The codec of macaddr8. */
    public static final MacAddressCodec MACADDR8 = new MacAddressCodec("macaddr8", 8);

    private final int size;

    private MacAddressCodec(String name, int size) {
        super(name, MacAddress.class);
        this.size = size;
    }

    @Override
    public MacAddress decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, size);
        return MacAddress.of(Arrays.copyOfRange(source, offset, offset + length));
    }

    @Override
    public MacAddress decodeText(byte[] source, int offset, int length) {
        if (length != 3 * size - 1) {
            throw badText(source, offset, length);
        }
        MacAddress value;
        try {
            value = MacAddress.of(Utf8.decode(source, offset, length));
        } catch (IllegalArgumentException e) {
            throw badText(source, offset, length);
        }
        if (value.length() != size) {
            throw badText(source, offset, length);
        }
        return value;
    }

    @Override
    public String format(MacAddress value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof MacAddress address && address.length() == size;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeBytes(((MacAddress) value).bytes());
    }

    @Override
    public String expected() {
        return "a MacAddress of " + size + " bytes";
    }
}
