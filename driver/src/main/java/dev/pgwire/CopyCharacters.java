package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.copy.ByteSource;
import dev.pgwire.internal.copy.form.CopyCharset;
import dev.pgwire.internal.sql.CopyForm;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** Characters as bytes of the encoding that a COPY has. What the encoding has no bytes for fails. */
final class CopyCharacters implements ByteSource {
    private final Reader reader;
    private final CharsetEncoder encoder;
    private final CharBuffer characters = CharBuffer.allocate(8 * 1024).flip();
    private boolean atEnd;
    private boolean flushed;

    CopyCharacters(Reader reader, Charset charset) {
        this.reader = reader;
        this.encoder = charset.newEncoder();
    }

    /**
     * The encoding of the characters of a COPY.
     *
     * @throws InterfaceException if it has none, because it is in binary, or one that is not known
     */
    static Charset charset(CopyForm form) {
        if (!form.isText()) {
            throw new InterfaceException(
                    "a COPY in binary has no characters, expected bytes, or FORMAT text or csv in the statement");
        }
        return CopyCharset.of(form);
    }

    @Override
    public int read(byte[] into) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(into);
        while (out.position() == 0) {
            if (flushed) {
                return -1;
            }
            CoderResult result = encoder.encode(characters, out, atEnd);
            if (result.isError()) {
                result.throwException();
            }
            if (result.isUnderflow() && atEnd) {
                encoder.flush(out);
                flushed = true;
            } else if (result.isUnderflow()) {
                characters.compact();
                atEnd = reader.read(characters) < 0;
                characters.flip();
            }
        }
        return out.position();
    }

    @Override
    public void close() {}
}
