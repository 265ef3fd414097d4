package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;

/**
 * The grammar of connection URIs (PostgreSQL manual, 32.1.1.2):
 *
 * <pre>
 * postgresql://[user[:password]@][host][:port][,...][/dbname][?keyword=value[&amp;...]]
 * </pre>
 *
 * The user ends at the first {@code @} before any {@code /}. An IPv6 address stands in brackets. The ports form a list that is
 * as long as that of the hosts. What is empty is not set; a later value for a keyword wins.
 */
final class ConnectionUri {
    private final String uri;
    private final Settings settings;
    private int at;

    private ConnectionUri(String uri, int at, Settings settings) {
        this.uri = uri;
        this.at = at;
        this.settings = settings;
    }

    /** Reads what stands behind the scheme. */
    static void read(String uri, int from, Settings settings) {
        new ConnectionUri(uri, from, settings).read();
    }

    private void read() {
        user();
        hosts();
        if (is('/')) {
            int start = ++at;
            skipTo("?");
            put(Keyword.DBNAME, uri.substring(start, at));
        }
        if (is('?')) {
            at++;
            parameters();
        }
    }

    private void user() {
        int start = at;
        skipTo("@/");
        if (!is('@')) {
            at = start;
            return;
        }
        String user = uri.substring(start, at++);
        int colon = user.indexOf(':');
        put(Keyword.USER, colon < 0 ? user : user.substring(0, colon));
        put(Keyword.PASSWORD, colon < 0 ? "" : user.substring(colon + 1));
    }

    private void hosts() {
        StringBuilder names = new StringBuilder();
        StringBuilder ports = new StringBuilder();
        while (true) {
            names.append(is('[') ? address() : name());
            if (is(':')) {
                int start = ++at;
                skipTo("/?,");
                ports.append(uri, start, at);
            }
            if (!is(',')) {
                break;
            }
            at++;
            names.append(',');
            ports.append(',');
        }
        put(Keyword.HOST, names.toString());
        put(Keyword.PORT, ports.toString());
    }

    private String address() {
        int start = ++at;
        skipTo("]");
        if (!is(']')) {
            throw new InterfaceException("the IPv6 address of the URI has no closing bracket, expected ]");
        }
        if (at == start) {
            throw new InterfaceException("the IPv6 address of the URI is empty, expected one between [ and ]");
        }
        String address = uri.substring(start, at++);
        if (at < uri.length() && ":/?,".indexOf(uri.charAt(at)) < 0) {
            throw new InterfaceException("text follows the IPv6 address of the URI at character " + (at + 1)
                    + ", expected \":\" and a port, \",\" and another host, or \"/\"");
        }
        return address;
    }

    private String name() {
        int start = at;
        skipTo(":/?,");
        String name = uri.substring(start, at);
        // libpq takes it for a host, and shows the rest of the password in the error; @ in front is an abstract socket.
        if (name.lastIndexOf('@') > 0) {
            throw new InterfaceException(
                    "the URI has a second \"@\" before the host, expected that an \"@\" in the user"
                            + " or the password is percent-encoded as %40");
        }
        return name;
    }

    private void parameters() {
        boolean afterSecret = false;
        for (int number = 1; at < uri.length(); number++) {
            int start = at;
            skipTo("&");
            String parameter = uri.substring(start, at);
            at++;
            int equals = parameter.indexOf('=');
            if (equals < 0) {
                throw new InterfaceException(
                        "query parameter " + number + " of the URI has no \"=\", expected keyword=value");
            }
            if (parameter.indexOf('=', equals + 1) >= 0) {
                throw new InterfaceException("query parameter " + number
                        + " of the URI has a second \"=\", expected keyword=value with that encoded as %3D");
            }
            String keyword = PercentEncoding.decode(parameter.substring(0, equals));
            String value = PercentEncoding.decode(parameter.substring(equals + 1));
            if (keyword.equals("ssl") && value.equals("true")) {
                // As JDBC drivers have it.
                settings.put(Keyword.SSLMODE, Settings.SSLMODE_REQUIRE, Settings.CONNECTION_STRING);
            } else if (!settings.put(keyword, value, Settings.CONNECTION_STRING)) {
                String place = "in query parameter " + number
                        + " of the URI, expected one such as host, port, dbname or user, and %26 for an \"&\" in a value";
                // What follows a secret may be the rest of it, and so may what stands before the @ behind a user.
                throw afterSecret || uri.indexOf('@', start) >= 0
                        ? Keyword.unknown(keyword, Settings.CONNECTION_STRING, place)
                        : Keyword.unknownAndPlain(keyword, Settings.CONNECTION_STRING, place);
            }
            Keyword known = Keyword.find(keyword);
            afterSecret |= known != null && known.isSecret();
        }
    }

    private void put(Keyword keyword, String encoded) {
        if (!encoded.isEmpty()) {
            settings.put(keyword, PercentEncoding.decode(encoded), Settings.CONNECTION_STRING);
        }
    }

    private boolean is(char c) {
        return at < uri.length() && uri.charAt(at) == c;
    }

    private void skipTo(String ends) {
        while (at < uri.length() && ends.indexOf(uri.charAt(at)) < 0) {
            at++;
        }
    }
}
