package dev.pgwire.laboratory.proxy;

import dev.pgwire.laboratory.proxy.Settings.Faults;
import dev.pgwire.laboratory.socket.Failures;
import dev.pgwire.protocol.dialogue.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Says where a {@link Proxy} listens and what it does with the bytes of all lines; then {@link #start} starts it. */
public final class ProxyBuilder {
    private final SocketAddress server;
    private SocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private @Nullable SSLContext tlsToClient;
    private @Nullable SSLContext tlsToServer;
    private int bufferSize = 64 * 1024;
    private int serverReceiveBuffer;
    private Faults frontend = Faults.NONE;
    private Faults backend = Faults.NONE;

    ProxyBuilder(SocketAddress server) {
        this.server = server;
    }

    /** Listens at this port of the loopback address; 0, which is also the default, lets the system choose one. */
    public ProxyBuilder listen(int port) {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Listens at this address. */
    public ProxyBuilder listen(SocketAddress address) {
        listen = address;
        return this;
    }

    /** Listens at the Unix socket that clients look for in this directory when they are told this port. */
    public ProxyBuilder listen(Path directory, int port) {
        return listen(UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL." + port)));
    }

    /**
     * Speaks TLS to clients that ask for it, or begin with it, with the certificate and the key of the context. SCRAM that is bound
     * to the channel fails then, as it should.
     */
    public ProxyBuilder tlsToClient(SSLContext context) {
        tlsToClient = context;
        return this;
    }

    /** Speaks TLS to the server, whatever the client does; the context says whom it trusts. */
    public ProxyBuilder tlsToServer(SSLContext context) {
        tlsToServer = context;
        return this;
    }

    /** How many bytes are read at once; 65,536 where nothing is said. */
    public ProxyBuilder bufferSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a buffer of " + bytes + " bytes, expected at least 1");
        }
        bufferSize = bytes;
        return this;
    }

    /** How many bytes of the server the kernel keeps for the proxy: SO_RCVBUF, which then does not grow by itself. */
    public ProxyBuilder serverReceiveBuffer(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a receive buffer of " + bytes + " bytes, expected at least 1");
        }
        serverReceiveBuffer = bytes;
        return this;
    }

    /** Closes each line when this number of bytes of this side has gone on. */
    public ProxyBuilder cutAt(Side side, long bytes) {
        Faults old = faults(side);
        return with(side, new Faults(Direction.checkFault(bytes), false, old.stallAt(), old.bytesPerWrite()));
    }

    /** Breaks each line off, so that both ends get a reset, when this number of bytes of this side has gone on. */
    public ProxyBuilder resetAt(Side side, long bytes) {
        Faults old = faults(side);
        return with(side, new Faults(Direction.checkFault(bytes), true, old.stallAt(), old.bytesPerWrite()));
    }

    /** Lets nothing of this side pass behind this number of its bytes, until {@link Line#resume}. */
    public ProxyBuilder stallAt(Side side, long bytes) {
        Faults old = faults(side);
        return with(side, new Faults(old.cutAt(), old.resets(), Direction.checkFault(bytes), old.bytesPerWrite()));
    }

    /** Sends on what this side sends in writes of at most this number of bytes; with 1, every byte by itself. */
    public ProxyBuilder split(Side side, int bytesPerWrite) {
        Faults old = faults(side);
        return with(side, new Faults(old.cutAt(), old.resets(), old.stallAt(), Direction.checkSplit(bytesPerWrite)));
    }

    private Faults faults(Side side) {
        return side == Side.FRONTEND ? frontend : backend;
    }

    private ProxyBuilder with(Side side, Faults faults) {
        if (side == Side.FRONTEND) {
            frontend = faults;
        } else {
            backend = faults;
        }
        return this;
    }

    /** Starts a proxy that passes everything on. */
    public Proxy start() {
        return start((frame, line) -> Fate.pass());
    }

    /**
     * Starts it. It listens when this returns.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    public Proxy start(Tap tap) {
        Settings settings = new Settings(
                server,
                tap,
                tlsToClient,
                tlsToServer,
                bufferSize,
                serverReceiveBuffer,
                frontend,
                backend,
                new Failures());
        try {
            return new Proxy(listen, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen at " + listen, e);
        }
    }
}
