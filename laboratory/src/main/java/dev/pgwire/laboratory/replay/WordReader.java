package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the words of a recording: each says by its own look which bytes it stands for. */
final class WordReader {
    static final String NULL = "NULL";
    static final String END = ".";
    /** In place of what is not recorded. */
    static final String HIDDEN = "HIDDEN";

    private WordReader() {}

    /** The words of a line, which stand apart by spaces outside of quotes. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int from = 0;
        char quote = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ' ' : line.charAt(i);
            if (quote != 0) {
                if (i == line.length()) {
                    throw new ProtocolViolation(
                            "the line ends inside of " + line.substring(from) + ", expected " + quote);
                } else if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '<') {
                quote = '>';
            } else if (c == ' ') {
                if (i > from) {
                    words.add(line.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    /** The bytes that words stand for. */
    static byte[] bytes(List<String> words) {
        ByteBuf out = Unpooled.buffer();
        // Of each list that is open: where its count stands, and the count.
        Deque<int[]> lists = new ArrayDeque<>();
        int groups = 0;
        for (String word : words) {
            int[] list = lists.peek();
            if (list != null && groups == 0 && !word.equals("]")) {
                list[1]++;
            }
            switch (word) {
                case "[" -> {
                    lists.push(new int[] {out.writerIndex(), 0});
                    out.writeShort(0);
                }
                case "]" -> {
                    if (list == null) {
                        throw new ProtocolViolation("a ], expected a [ before it");
                    }
                    out.setShort(list[0], list[1]);
                    lists.pop();
                }
                case "(" -> groups++;
                case ")" -> groups--;
                case NULL -> out.writeInt(-1);
                case END -> out.writeByte(0);
                case HIDDEN -> {}
                default -> field(word, out);
            }
        }
        if (!lists.isEmpty() || groups != 0) {
            throw new ProtocolViolation("a list that is open at the end of the line, expected ] or )");
        }
        return ByteBufUtil.getBytes(out);
    }

    private static void field(String word, ByteBuf out) {
        char last = word.charAt(word.length() - 1);
        int quote = word.indexOf(last == '>' ? '<' : last);
        if (last == '"') {
            unescape(word.substring(0, quote), out);
            unescape(inner(word, quote), out);
            out.writeByte(0);
        } else if (last == '\'' && quote == 0) {
            int at = out.writerIndex();
            out.writeInt(0);
            unescape(inner(word, quote), out);
            out.setInt(at, out.writerIndex() - at - Integer.BYTES);
        } else if (last == '>' && quote == 0) {
            unescape(inner(word, quote), out);
        } else {
            number(word, out);
        }
    }

    private static String inner(String word, int quote) {
        if (quote == word.length() - 1) {
            throw unknown(word);
        }
        return word.substring(quote + 1, word.length() - 1);
    }

    private static void number(String word, ByteBuf out) {
        try {
            if (word.endsWith(":2")) {
                out.writeShort(Short.parseShort(word.substring(0, word.length() - 2)));
            } else {
                out.writeInt(Integer.parseInt(word));
            }
        } catch (NumberFormatException none) {
            throw unknown(word);
        }
    }

    private static ProtocolViolation unknown(String word) {
        return new ProtocolViolation("the word " + word
                + ", expected \"a string\", 'a value', <bytes>, a number, a number with :2, NULL, a bracket, or a dot");
    }

    private static void unescape(String text, ByteBuf out) {
        int plain = 0;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', plain)) {
            out.writeCharSequence(text.substring(plain, i), StandardCharsets.UTF_8);
            char c = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            plain = i + 2;
            switch (c) {
                case 'n' -> out.writeByte('\n');
                case 't' -> out.writeByte('\t');
                case 'r' -> out.writeByte('\r');
                case '\\', '"', '\'', '>' -> out.writeByte(c);
                case 'x' -> {
                    plain = i + 4;
                    try {
                        out.writeByte(Integer.parseInt(text.substring(i + 2, plain), 16));
                    } catch (IndexOutOfBoundsException | NumberFormatException none) {
                        throw unknown(text.substring(i));
                    }
                }
                default -> throw unknown(text.substring(i));
            }
        }
        out.writeCharSequence(text.substring(plain), StandardCharsets.UTF_8);
    }
}
