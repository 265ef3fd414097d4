package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Says what a {@link Server} answers and whom it lets in; then {@link #start} starts it. */
public final class ServerBuilder {
    private final Book book = new Book();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private SocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private AuthenticationMethod authentication = AuthenticationMethod.SCRAM_SHA_256;
    private @Nullable SSLContext tls;
    private boolean tlsRequired;
    private ProtocolVersion version = ProtocolVersion.V3_2;

    ServerBuilder() {
        parameter("server_version", "18.0");
        parameter("server_encoding", "UTF8");
        parameter("client_encoding", "UTF8");
        parameter("application_name", "");
        parameter("default_transaction_read_only", "off");
        parameter("in_hot_standby", "off");
        parameter("is_superuser", "off");
        parameter("session_authorization", "");
        parameter("DateStyle", "ISO, MDY");
        parameter("IntervalStyle", "postgres");
        parameter("TimeZone", "UTC");
        parameter("integer_datetimes", "on");
        parameter("standard_conforming_strings", "on");
    }

    /**
     * Answers this statement. It is found whatever its case and its spaces are. A parameter is a text, unless it is cast where it
     * stands ({@code $1::int4}) or the client names a type. A client that puts its values into the statement is understood too:
     * literals in the place of {@code $1} become values.
     *
     * <p>A client that describes a statement before it gives values (prepares it) must be told its columns. The handler of a
     * statement that gives rows is then asked with NULLs; {@link #on(String, List, Handler)} declares the columns instead.
     */
    public ServerBuilder on(String sql, Handler handler) {
        book.add(sql, null, handler);
        return this;
    }

    /** The same for a statement whose answers have these columns, so that the handler is asked for answers only. */
    public ServerBuilder on(String sql, List<Column> columns, Handler handler) {
        book.add(sql, List.copyOf(columns), handler);
        return this;
    }

    /** Answers every statement that matches as a whole; the values are the pattern's groups. */
    public ServerBuilder onMatching(Pattern pattern, Handler handler) {
        book.add(pattern, handler);
        return this;
    }

    /** Answers what nothing else does; without this it is an error 42601. */
    public ServerBuilder otherwise(Handler handler) {
        book.otherwise(handler);
        return this;
    }

    /** Lets this user in, and from then on only those that were named. */
    public ServerBuilder user(String name, String password) {
        users.put(name, User.of(name, password));
        return this;
    }

    /** How users are asked for their passwords: by SCRAM where nothing is said. */
    public ServerBuilder authentication(AuthenticationMethod method) {
        authentication = method;
        return this;
    }

    /** Speaks TLS with clients that ask for it or begin with it. */
    public ServerBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** Speaks TLS, and refuses clients that do not, as hostssl does. */
    public ServerBuilder tlsOnly(SSLContext context) {
        tlsRequired = true;
        return tls(context);
    }

    /** Speaks this version at most: 3.2 where nothing is said. */
    public ServerBuilder version(ProtocolVersion newest) {
        version = newest;
        return this;
    }

    /** A setting that clients are told. */
    public ServerBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** Listens at this port of the loopback address; 0, which is also the default, lets the system choose one. */
    public ServerBuilder listen(int port) {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Listens at this address. */
    public ServerBuilder listen(SocketAddress address) {
        listen = address;
        return this;
    }

    /** Listens at the Unix socket that clients look for in this directory when they are told this port. */
    public ServerBuilder listen(Path directory, int port) {
        return listen(UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL." + port)));
    }

    /**
     * Starts it. It listens when this returns.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    public Server start() {
        ServerSettings settings = new ServerSettings(
                book,
                new LinkedHashMap<>(users),
                authentication,
                tls,
                tlsRequired,
                version,
                new LinkedHashMap<>(parameters));
        try {
            return new Server(listen, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot listen at " + listen, e);
        }
    }
}
