package dev.pgwire.internal.copy.form;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.CopyForm;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What Java calls the encodings of PostgreSQL (manual, 24.3.1 Supported Character Sets), where it is not what the server does. */
public final class CopyCharset {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("UNICODE", "UTF-8"),
            Map.entry("SQLASCII", "UTF-8"),
            Map.entry("BIG5", "Big5"),
            Map.entry("EUCCN", "GB2312"),
            Map.entry("EUCJP", "EUC-JP"),
            Map.entry("EUCKR", "EUC-KR"),
            Map.entry("EUCTW", "x-EUC-TW"),
            Map.entry("ISO88595", "ISO-8859-5"),
            Map.entry("ISO88596", "ISO-8859-6"),
            Map.entry("ISO88597", "ISO-8859-7"),
            Map.entry("ISO88598", "ISO-8859-8"),
            Map.entry("JOHAB", "x-Johab"),
            Map.entry("KOI8", "KOI8-R"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("SJIS", "windows-31j"),
            Map.entry("UHC", "x-windows-949"),
            Map.entry("WIN", "windows-1251"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"));

    private CopyCharset() {}

    /** Checks that characters can be converted from and to the encoding of a COPY in text or csv. */
    public static void check(CopyForm form) {
        if (form.isText()) {
            of(form);
        }
    }

    /**
     * The encoding of the data of a COPY in text or csv.
     *
     * @throws InterfaceException if Java has it under no name that is known
     */
    public static Charset of(CopyForm form) {
        String encoding = form.encoding();
        if (encoding == null) {
            return StandardCharsets.UTF_8;
        }
        String plain = encoding.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        String name =
                plain.startsWith("WIN125") ? "windows-" + plain.substring(3) : NAMES.getOrDefault(plain, encoding);
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw new InterfaceException(
                    "the COPY is in encoding " + encoding
                            + ", which is none that characters can be converted from and to here, expected another, such as UTF8,"
                            + " or raw bytes",
                    unknown);
        }
    }
}
