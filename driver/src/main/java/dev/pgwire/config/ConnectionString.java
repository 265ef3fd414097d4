package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The two grammars of a connection string (PostgreSQL manual, 32.1.1 Connection Strings). The last of several values for
 * one keyword wins.
 */
final class ConnectionString {
    private static final String EXPECTED = "expected keyword=value pairs (host=localhost dbname=test) or a URI"
            + " (postgresql://user@localhost:5432/test)";

    private final String text;
    private final Map<Keyword, String> values = new EnumMap<>(Keyword.class);
    private int at;

    private ConnectionString(String text) {
        this.text = text;
    }

    static Map<Keyword, String> parse(String dsn) {
        Objects.requireNonNull(dsn, "dsn");
        ConnectionString string = new ConnectionString(dsn);
        int scheme = dsn.startsWith("postgresql://") ? 13 : dsn.startsWith("postgres://") ? 11 : 0;
        if (scheme > 0) {
            string.at = scheme;
            string.uri();
        } else {
            string.pairs();
        }
        return string.values;
    }

    /** A value as it must stand in a keyword/value string. */
    static String quote(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c == '\'' || c == '\\' || isSpace((char) c));
        return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void pairs() {
        for (skipSpaces(); at < text.length(); skipSpaces()) {
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && !isSpace(text.charAt(at))) {
                at++;
            }
            String name = text.substring(start, at);
            skipSpaces();
            if (at == text.length() || text.charAt(at) != '=') {
                throw new InterfaceException("no \"=\" after the word at character " + (start + 1)
                        + " of the connection" + " string, " + EXPECTED);
            }
            at++;
            skipSpaces();
            put(name, at < text.length() && text.charAt(at) == '\'' ? quoted() : plain());
        }
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !isSpace(text.charAt(at))) {
            if (text.charAt(at) == '\\' && ++at == text.length()) {
                break;
            }
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private String quoted() {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '\'') {
            if (text.charAt(at) == '\\' && ++at == text.length()) {
                break;
            }
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw new InterfaceException("the quoted value that begins at character " + (start + 1)
                    + " of the connection string has no closing quote, expected '");
        }
        at++;
        return value.toString();
    }

    /** {@code //[user[:password]@][host][:port][/dbname][?keyword=value&...]}, the scheme already passed. */
    private void uri() {
        int end = indexOfAny("/?", at);
        String authority = text.substring(at, end);
        int user = authority.indexOf('@');
        if (user >= 0) {
            String[] parts = authority.substring(0, user).split(":", 2);
            put("user", decode(parts[0]));
            if (parts.length == 2) {
                put("password", decode(parts[1]));
            }
        }
        hostAndPort(authority.substring(user + 1));
        at = end;
        if (at < text.length() && text.charAt(at) == '/') {
            end = indexOfAny("?", at);
            put("dbname", decode(text.substring(at + 1, end)));
            at = end;
        }
        if (at < text.length()) {
            query(text.substring(at + 1));
        }
    }

    private void hostAndPort(String part) {
        if (part.indexOf('@') >= 0) {
            // Else the rest of the password would be looked up as a host, and be shown in the error.
            throw new InterfaceException(
                    "the URI has a second \"@\" before the host, expected that an \"@\" in the user"
                            + " or the password is percent-encoded as %40");
        }
        String host = part;
        String port = "";
        if (part.startsWith("[")) {
            int close = part.indexOf(']');
            if (close < 0) {
                throw new InterfaceException("the IPv6 address of the URI has no closing bracket, expected ]");
            }
            host = part.substring(1, close);
            String rest = part.substring(close + 1);
            if (!rest.isEmpty() && rest.charAt(0) != ':') {
                throw new InterfaceException(
                        "text follows the IPv6 address of the URI, expected \":\" and a port, or \"/\"");
            }
            port = rest.isEmpty() ? "" : rest.substring(1);
        } else if (part.indexOf(':') >= 0) {
            host = part.substring(0, part.indexOf(':'));
            port = part.substring(part.indexOf(':') + 1);
        }
        put("host", decode(host));
        put("port", decode(port));
    }

    private void query(String query) {
        if (query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
                throw new InterfaceException(
                        "a query parameter of the URI is not of the form keyword=value, " + EXPECTED);
            }
            put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
    }

    private void put(String name, String value) {
        Keyword keyword = Keyword.find(name);
        if (keyword == null) {
            throw new InterfaceException("unknown keyword" + (looksLikeKeyword(name) ? " \"" + name + "\"" : "")
                    + " in the connection string, did you mean \"" + Keyword.nearest(name) + "\"?");
        }
        values.put(keyword, value);
    }

    /** A password with a space or an ampersand in it that was not quoted goes on as a keyword: that is not repeated. */
    private static boolean looksLikeKeyword(String name) {
        return name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'));
    }

    /** Percent-decoding as libpq has it: {@code +} stands for itself, {@code %00} is refused. */
    private static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        byte[] source = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.write(source[i]);
                continue;
            }
            int high = i + 1 < source.length ? Character.digit(source[i + 1], 16) : -1;
            int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new InterfaceException("a % of the URI is not followed by two hexadecimal digits, expected %XX");
            }
            if (high == 0 && low == 0) {
                throw new InterfaceException("the URI contains %00, expected text without NUL");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InterfaceException("the percent-encoded bytes of the URI are no UTF-8, expected UTF-8");
        }
    }

    private int indexOfAny(String characters, int from) {
        int i = from;
        while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
