package dev.pgwire.type;

/** Addresses of IPv4 and IPv6 in text. Source: RFC 4291, 2.2; what is printed is what the server prints. */
final class InetText {
    /** The longest is one of IPv6 that ends as one of IPv4. */
    private static final int MAX_LENGTH = 45;

    private static final int WORDS = 8;

    private InetText() {}

    /** The bytes of an address, 4 or 16. */
    static byte[] address(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters, expected an address");
        }
        if (text.indexOf(':') < 0) {
            byte[] address = new byte[4];
            readV4(text, text, address, 0);
            return address;
        }
        int gap = text.indexOf("::");
        byte[] address = new byte[16];
        if (gap < 0) {
            if (readWords(text, text, address, 0) != WORDS) {
                throw bad(text);
            }
            return address;
        }
        byte[] tail = new byte[16];
        String behind = text.substring(gap + 2);
        int before = gap == 0 ? 0 : readWords(text, text.substring(0, gap), address, 0);
        // Two colons stand for one word at least.
        if (before == WORDS) {
            throw bad(text);
        }
        int after = behind.isEmpty() ? 0 : readWords(text, behind, tail, before + 1);
        System.arraycopy(tail, 2 * (before + 1), address, 2 * (WORDS - after), 2 * after);
        return address;
    }

    /** Reads words between colons, from one word of the address on; returns how many these are. */
    private static int readWords(String text, String part, byte[] address, int first) {
        String[] words = part.split(":", -1);
        int at = first;
        for (int i = 0; i < words.length; i++) {
            if (i == words.length - 1 && words[i].indexOf('.') >= 0) {
                if (at > WORDS - 2) {
                    throw bad(text);
                }
                readV4(text, words[i], address, 2 * at);
                at += 2;
            } else {
                if (at == WORDS) {
                    throw bad(text);
                }
                int word = hex(text, words[i]);
                address[2 * at] = (byte) (word >> 8);
                address[2 * at + 1] = (byte) word;
                at++;
            }
        }
        return at - first;
    }

    private static int hex(String text, String word) {
        if (word.isEmpty() || word.length() > 4) {
            throw bad(text);
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw bad(text);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static void readV4(String text, String part, byte[] address, int offset) {
        String[] octets = part.split("\\.", -1);
        if (octets.length != 4) {
            throw bad(text);
        }
        for (int i = 0; i < 4; i++) {
            address[offset + i] = (byte) number(octets[i], 0, octets[i].length(), 255);
        }
    }

    /** Reads a number of up to three digits. */
    static int number(String text, int from, int to, int max) {
        int value = to > from && to - from <= 3 ? 0 : max + 1;
        for (int i = from; i < to && value <= max; i++) {
            char c = text.charAt(i);
            value = c >= '0' && c <= '9' ? 10 * value + c - '0' : max + 1;
        }
        if (value > max) {
            throw bad(text);
        }
        return value;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no address, expected for example 10.0.0.1, 10.0.0.0/8 or 2001:db8::1");
    }

    static String of(byte[] address) {
        StringBuilder out = new StringBuilder(MAX_LENGTH);
        if (address.length == 4) {
            printV4(address, 0, out);
        } else {
            printV6(address, out);
        }
        return out.toString();
    }

    private static void printV4(byte[] address, int offset, StringBuilder out) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out.append('.');
            }
            out.append(address[offset + i] & 0xFF);
        }
    }

    /** The longest run of zero words, the first of those, becomes two colons; a single zero stays. */
    private static void printV6(byte[] address, StringBuilder out) {
        int gap = WORDS;
        int length = 1;
        for (int i = 0; i < WORDS; i++) {
            int run = 0;
            while (i + run < WORDS && word(address, i + run) == 0) {
                run++;
            }
            if (run > length) {
                gap = i;
                length = run;
            }
        }
        // Six zero words, or five and ffff, begin an address that stands for one of IPv4.
        boolean endsAsV4 = gap == 0 && (length == 6 || length == 5 && word(address, 5) == 0xFFFF);
        for (int i = 0; i < WORDS; i++) {
            if (i == gap) {
                out.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != gap + length) {
                out.append(':');
            }
            if (i == 6 && endsAsV4) {
                printV4(address, 12, out);
                break;
            }
            out.append(Integer.toHexString(word(address, i)));
        }
    }

    private static int word(byte[] address, int index) {
        return (address[2 * index] & 0xFF) << 8 | address[2 * index + 1] & 0xFF;
    }
}
