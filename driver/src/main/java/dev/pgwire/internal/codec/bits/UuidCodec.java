package dev.pgwire.internal.codec.bits;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import java.util.UUID;

/** uuid: sixteen bytes, read as a UUID. Source: PostgreSQL manual, 8.12 UUID Type. */
public final class UuidCodec extends FieldCodec<UUID> {
    /** The codec of uuid. */
    public static final UuidCodec INSTANCE = new UuidCodec();

    private static final int TEXT_LENGTH = 36;

    private UuidCodec() {
        super("uuid", UUID.class);
    }

    @Override
    public UUID decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 16);
        return new UUID(BigEndian.getLong(source, offset), BigEndian.getLong(source, offset + 8));
    }

    @Override
    public UUID decodeText(byte[] source, int offset, int length) {
        if (length != TEXT_LENGTH) {
            throw badText(source, offset, length);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            int digit = dash ? 0 : Ascii.hex(source[offset + i]);
            if (digit < 0 || (dash && source[offset + i] != '-')) {
                throw badText(source, offset, length);
            }
            if (!dash) {
                high = high << 4 | low >>> 60;
                low = low << 4 | digit;
            }
        }
        return new UUID(high, low);
    }

    @Override
    public String format(UUID value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof UUID;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        UUID uuid = (UUID) value;
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    @Override
    public String expected() {
        return "a UUID";
    }
}
