package dev.pgwire.internal.tls.record;

import dev.pgwire.internal.tls.Handshake;
import dev.pgwire.internal.tls.TestCertificate;
import dev.pgwire.internal.tls.trust.AnyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** One side of TLS in memory: what it has sent waits to be taken, what it has received can be looked at. */
final class TlsPeer {
    private static final SSLContext SERVER =
            Handshake.context(TestCertificate.named("db.example").selfSigned());

    final SSLEngine engine;
    final TlsRecords tls;
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    /** How many bytes the reader takes at once. */
    int room = 1 << 17;
    /** What its socket throws instead of sending. */
    @Nullable
    IOException broken;

    /** What its reader does with data, beside keeping them. */
    Reaction onData = () -> {};

    int writes;
    int largestWrite;
    private ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private ByteBuffer array = ByteBuffer.allocate(1 << 17);
    private ByteBuffer other = ByteBuffer.allocate(1 << 17);

    interface Reaction {
        void react() throws IOException;
    }

    TlsPeer(SSLEngine engine) {
        this.engine = engine;
        tls = new TlsRecords(engine, this::send, new TlsRecords.Reader() {
            @Override
            public ByteBuffer room(int wanted) {
                return array.clear().limit(room);
            }

            @Override
            public void filled(int bytes) throws IOException {
                data.write(array.array(), 0, bytes);
                ByteBuffer next = other;
                other = array;
                array = next;
                onData.react();
            }
        });
    }

    static TlsPeer server() {
        return new TlsPeer(Handshake.server(SERVER));
    }

    /** A client that trusts every server. */
    static TlsPeer client(String protocol, String... suites) {
        return client(protocol, new AnyServer(), suites);
    }

    static TlsPeer client(String protocol, X509TrustManager trust, String... suites) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {protocol});
            if (suites.length > 0) {
                engine.setEnabledCipherSuites(suites);
            }
            return new TlsPeer(engine);
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A client and a server after their handshake. */
    static TlsPeer[] connected(String protocol, String... suites) throws IOException {
        TlsPeer client = client(protocol, suites);
        TlsPeer server = server();
        client.tls.begin();
        server.tls.begin();
        exchange(client, server);
        return new TlsPeer[] {client, server};
    }

    /** Brings to each side what the other has sent, until both are silent. */
    static void exchange(TlsPeer client, TlsPeer server) throws IOException {
        while (client.sent.size() + server.sent.size() > 0) {
            server.receive(client.sent());
            client.receive(server.sent());
        }
    }

    private void send(ByteBuffer records) throws IOException {
        if (broken != null) {
            throw broken;
        }
        writes++;
        largestWrite = Math.max(largestWrite, records.remaining());
        while (records.hasRemaining()) {
            sent.write(records.get());
        }
    }

    /** What it has sent since the last call. */
    byte[] sent() {
        byte[] bytes = sent.toByteArray();
        sent = new ByteArrayOutputStream();
        return bytes;
    }

    /** Encrypts and returns what is to be received by the other side. */
    byte[] encrypt(byte[] plain) throws IOException {
        tls.send(ByteBuffer.wrap(plain));
        return sent();
    }

    void receive(byte[] bytes) throws IOException {
        receive(bytes, 0, bytes.length);
    }

    /** As from a socket. */
    void receive(byte[] bytes, int from, int to) throws IOException {
        tls.received(ByteBuffer.wrap(bytes, from, to - from));
    }
}
