package dev.pgwire.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection string, read far enough to say where it leads. Both of libpq's forms are read; the keyword/value form is
 * written, because keywords can be appended to it.
 */
record Dsn(Map<String, String> settings) {
    private static final Pattern SETTING = Pattern.compile(
            "\\s*(?<key>[A-Za-z_]+)\\s*=\\s*(?:'(?<quoted>(?:[^'\\\\]|\\\\.)*)'|(?<plain>(?:[^\\s\\\\']|\\\\.)*))");
    private static final Map<String, String> DEFAULTS = Map.of("host", "localhost", "port", "5432", "user", "postgres");

    static Dsn of(String host, int port, String user, String database) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("host", host);
        settings.put("port", Integer.toString(port));
        settings.put("user", user);
        settings.put("dbname", database);
        return new Dsn(settings);
    }

    static Dsn parse(String text) {
        return text.startsWith("postgresql://") || text.startsWith("postgres://") ? uri(text) : keywords(text);
    }

    private static Dsn keywords(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher matcher = SETTING.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            String value = matcher.group("quoted") != null ? matcher.group("quoted") : matcher.group("plain");
            settings.put(matcher.group("key"), value.replaceAll("\\\\(.)", "$1"));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("not a connection string from character " + (end + 1)
                    + " on; expected keyword=value pairs or postgresql://user:password@host:port/dbname");
        }
        return new Dsn(settings);
    }

    private static Dsn uri(String text) {
        URI uri = URI.create(text);
        Map<String, String> settings = new LinkedHashMap<>();
        if (uri.getHost() != null) {
            settings.put("host", uri.getHost());
        }
        if (uri.getPort() >= 0) {
            settings.put("port", Integer.toString(uri.getPort()));
        }
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            settings.put("user", decode(parts[0]));
            if (parts.length == 2) {
                settings.put("password", decode(parts[1]));
            }
        }
        if (uri.getRawPath() != null && uri.getRawPath().length() > 1) {
            settings.put("dbname", decode(uri.getRawPath().substring(1)));
        }
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                settings.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return new Dsn(settings);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String get(String key) {
        if (key.equals("dbname")) {
            return settings.getOrDefault(key, get("user"));
        }
        return settings.getOrDefault(key, DEFAULTS.getOrDefault(key, ""));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(quoted(value)));
        return text.toString();
    }

    private static String quoted(String value) {
        return value.matches("[^\\s'\\\\]+") ? value : "'" + value.replaceAll("(['\\\\])", "\\\\$1") + "'";
    }
}
