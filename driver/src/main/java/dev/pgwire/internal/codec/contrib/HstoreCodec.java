package dev.pgwire.internal.codec.contrib;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.lang.reflect.ParameterizedType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * hstore: texts by text, of which the values may be NULL, read as an unmodifiable Map in the server's order (short keys first).
 *
 * <pre>
 * Int32 number of pairs
 * for each: Int32 length, Byten key; Int32 length or -1 for NULL, Byten value
 * </pre>
 *
 * <p>In text: {@code "a"=>"1", "b"=>NULL}. Source: PostgreSQL manual, F.17 hstore.
 */
final class HstoreCodec extends FieldCodec<Map<String, @Nullable String>> {
    HstoreCodec(String name) {
        super(name, Map.class);
    }

    @Override
    public Map<String, @Nullable String> decodeBinary(byte[] source, int offset, int length) {
        int end = offset + length;
        int count = length < 4 ? -1 : BigEndian.getInt(source, offset);
        // The shortest pair is an empty key and NULL: two lengths.
        if (count < 0 || count > (length - 4) / 8) {
            throw badBinary(count + " pairs in " + length + " bytes, expected not more than there are bytes for");
        }
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        int at = offset + 4;
        for (int i = 0; i < count; i++) {
            int keyLength = length(source, at, end);
            if (keyLength < 0) {
                throw badBinary("a key that is NULL, expected a text");
            }
            String key = Utf8.decode(source, at + 4, keyLength);
            at += 4 + keyLength;
            int valueLength = length(source, at, end);
            pairs.put(key, valueLength < 0 ? null : Utf8.decode(source, at + 4, valueLength));
            at += 4 + Math.max(0, valueLength);
        }
        if (at != end) {
            throw badBinary((end - at) + " bytes behind its last pair, expected none");
        }
        return Collections.unmodifiableMap(pairs);
    }

    @Override
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        if (raw != Map.class) {
            throw noConversion(target);
        }
        return decodeAs(source, offset, length, format, Map.class);
    }

    @Override
    protected boolean readsGeneric(Class<?> raw, ParameterizedType target) {
        return raw == Map.class;
    }

    private int length(byte[] source, int at, int end) {
        int length = end - at < 4 ? -2 : BigEndian.getInt(source, at);
        if (length < -1 || length > end - at - 4) {
            throw badBinary("a text of " + length + " bytes, expected not more than there are");
        }
        return length;
    }

    @Override
    public Map<String, @Nullable String> decodeText(byte[] source, int offset, int length) {
        HstoreText text = new HstoreText(this, source, offset, length);
        return Collections.unmodifiableMap(text.pairs());
    }

    @Override
    public String format(Map<String, @Nullable String> value) {
        return HstoreText.of(value);
    }

    @Override
    public boolean accepts(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        for (Map.Entry<?, ?> pair : map.entrySet()) {
            if (!(pair.getKey() instanceof CharSequence)
                    || pair.getValue() != null && !(pair.getValue() instanceof CharSequence)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Map<?, ?> map = (Map<?, ?>) value;
        out.writeInt(map.size());
        for (Map.Entry<?, ?> pair : map.entrySet()) {
            Object key = pair.getKey();
            if (key == null) {
                throw new DataException(
                        SqlState.DATA_EXCEPTION, "a key of a " + name() + " is null, expected a text", null);
            }
            write(key, out);
            Object text = pair.getValue();
            if (text == null) {
                out.writeNull();
            } else {
                write(text, out);
            }
        }
    }

    private static void write(Object text, FieldWriter out) {
        int start = out.startField();
        out.writeUtf8(text.toString());
        out.endField(start);
    }

    @Override
    public String expected() {
        return "a Map from CharSequence to CharSequence or null";
    }
}
