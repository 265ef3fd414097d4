package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * xml: the document or content as the server prints it, read as a String; no parser is involved. The server leaves the encoding
 * out of what it prints. In what is written in binary it obeys the declaration of an encoding, and in text it does not: a document
 * that declares another encoding than UTF-8 goes as text. Source: PostgreSQL manual, 8.13 XML Type.
 */
public final class XmlCodec extends FieldCodec<String> {
    /** The codec of xml. */
    public static final XmlCodec INSTANCE = new XmlCodec();

    private static final Pattern ENCODING =
            Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']*)", Pattern.CASE_INSENSITIVE);

    private XmlCodec() {
        super("xml", String.class);
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        return Utf8.decode(source, offset, length);
    }

    @Override
    public String decodeText(byte[] source, int offset, int length) {
        return Utf8.decode(source, offset, length);
    }

    @Override
    public String format(String value) {
        return value;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof CharSequence text && isUtf8(text.toString());
    }

    private static boolean isUtf8(String text) {
        int end = text.startsWith("<?xml") ? text.indexOf("?>") : -1;
        if (end < 0) {
            return true;
        }
        Matcher declared = ENCODING.matcher(text).region(0, end);
        return !declared.find() || declared.group(1).equalsIgnoreCase("UTF-8");
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeUtf8(value.toString());
    }

    @Override
    public String expected() {
        return "a CharSequence with XML that declares no encoding or UTF-8";
    }
}
