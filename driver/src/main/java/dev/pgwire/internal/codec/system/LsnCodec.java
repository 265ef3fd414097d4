package dev.pgwire.internal.codec.system;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Lsn;
import java.nio.charset.StandardCharsets;

/** pg_lsn: eight bytes without sign, read as an Lsn. Source: PostgreSQL manual, 8.20 pg_lsn Type. */
public final class LsnCodec extends FieldCodec<Lsn> {
    /** The codec of pg_lsn. */
    public static final LsnCodec INSTANCE = new LsnCodec();

    private static final int LONGEST = 17;

    private LsnCodec() {
        super("pg_lsn", Lsn.class);
    }

    @Override
    public Lsn decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 8);
        return new Lsn(BigEndian.getLong(source, offset));
    }

    @Override
    public Lsn decodeText(byte[] source, int offset, int length) {
        if (length > LONGEST) {
            throw badText(source, offset, length);
        }
        try {
            return Lsn.parse(new String(source, offset, length, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            // The text itself says what is wrong.
            throw badText(source, offset, length);
        }
    }

    @Override
    public String format(Lsn value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Lsn;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(((Lsn) value).value());
    }

    @Override
    public String expected() {
        return "an Lsn";
    }
}
