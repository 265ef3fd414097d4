package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.Body;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the fields of a message as the words of a recording, from which {@link WordReader} makes the same bytes again. */
final class WordWriter {
    private final List<String> words = new ArrayList<>();
    private final ByteBuf bytes;
    private final Body body;

    private WordWriter(ByteBuf bytes) {
        this.bytes = bytes;
        this.body = Body.of("the message", bytes);
    }

    /**
     * The words of a body.
     *
     * @throws dev.pgwire.protocol.ProtocolViolation if it has another layout
     */
    static List<String> words(String layout, ByteBuf body) {
        WordWriter writer = new WordWriter(body);
        writer.write(layout, 0, layout.length());
        writer.body.end();
        return writer.words;
    }

    private void write(String layout, int from, int to) {
        for (int i = from; i < to; i++) {
            switch (layout.charAt(i)) {
                case 's' -> words.add(string());
                case '4' -> words.add(Integer.toString(body.int32("number")));
                case '2' -> words.add(body.int16("number") + ":2");
                case '1' -> words.add("<" + escape(new byte[] {body.int8("byte")}, '>') + ">");
                case 'f' -> words.add(letter(body.int8("letter")) + string());
                case 'v' -> {
                    byte[] value = body.value("value");
                    words.add(value == null ? WordReader.NULL : "'" + escape(value, '\'') + "'");
                }
                case '*' -> words.add("<" + escape(body.rest(), '>') + ">");
                case '(' -> words.add("(");
                case ')' -> words.add(")");
                case '[' -> {
                    int end = layout.indexOf(']', i);
                    words.add("[");
                    for (int count = body.int16("count") & 0xFFFF; count > 0; count--) {
                        write(layout, i + 1, end);
                    }
                    words.add("]");
                    i = end;
                }
                case '{' -> {
                    int end = layout.indexOf('}', i);
                    while (body.remaining() > 0 && bytes.getByte(bytes.readerIndex()) != 0) {
                        write(layout, i + 1, end);
                    }
                    body.int8("end");
                    words.add(WordReader.END);
                    i = end;
                }
                default -> throw new IllegalStateException(layout);
            }
        }
    }

    /** What is no letter might look like the beginning of another word. */
    private static String letter(byte letter) {
        boolean isPlain = letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z';
        return isPlain ? Character.toString(letter) : String.format("\\x%02x", letter & 0xFF);
    }

    private String string() {
        return "\"" + escape(body.cBytes("string"), '"') + "\"";
    }

    /** Text that can be read where the bytes are some; what else there is, and the quote, by backslashes. */
    static String escape(byte[] bytes, char quote) {
        StringBuilder out = new StringBuilder(bytes.length + 8);
        int i = 0;
        while (i < bytes.length) {
            int length = bytes[i] >= 0 ? 1 : (bytes[i] & 0xE0) == 0xC0 ? 2 : (bytes[i] & 0xF0) == 0xE0 ? 3 : 4;
            int code = length == 1 ? bytes[i] : decoded(bytes, i, length);
            if (code == quote || code == '\\') {
                out.append('\\').append((char) code);
            } else if (code == '\n') {
                out.append("\\n");
            } else if (code == '\t') {
                out.append("\\t");
            } else if (code == '\r') {
                out.append("\\r");
            } else if (isShown(code)) {
                out.appendCodePoint(code);
            } else {
                length = 1;
                out.append(String.format("\\x%02x", bytes[i] & 0xFF));
            }
            i += length;
        }
        return out.toString();
    }

    private static int decoded(byte[] bytes, int from, int length) {
        if (from + length > bytes.length) {
            return -1;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString()
                    .codePointAt(0);
        } catch (CharacterCodingException notText) {
            return -1;
        }
    }

    private static boolean isShown(int code) {
        if (code < 0x80) {
            return code >= ' ' && code < 0x7F;
        }
        return Character.isLetterOrDigit(code)
                || switch (Character.getType(code)) {
                    case Character.CURRENCY_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.OTHER_SYMBOL,
                            Character.DASH_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }
}
