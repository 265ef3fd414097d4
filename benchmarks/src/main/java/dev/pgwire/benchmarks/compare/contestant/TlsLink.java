package dev.pgwire.benchmarks.compare.contestant;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS by the JDK's engine over another link: a buffer of its own each way, and nothing around it. It verifies nothing. */
final class TlsLink implements Link {
    private static final byte[] REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xD2, 0x16, 0x2F};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final SSLEngine engine;
    private final ByteBuffer out;
    private final ByteBuffer in;

    private TlsLink(Link link, SSLEngine engine) {
        this.link = link;
        this.engine = engine;
        int size = engine.getSession().getPacketBufferSize();
        out = ByteBuffer.allocate(size);
        in = ByteBuffer.allocate(2 * size).limit(0);
    }

    /** Asks the server for TLS, and does the handshake. */
    static TlsLink over(Link link) throws IOException {
        link.send(REQUEST, REQUEST.length);
        byte[] answer = new byte[1];
        if (link.receive(answer, 0, 1) != 1 || answer[0] != 'S') {
            throw new IOException("the server does not speak TLS");
        }
        TlsLink tls = new TlsLink(link, engine());
        tls.handshake();
        return tls;
    }

    private static SSLEngine engine() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        ByteBuffer none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(none);
                case NEED_TASK -> engine.getDelegatedTask().run();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void wrap(ByteBuffer clear) throws IOException {
        out.clear();
        engine.wrap(clear, out);
        link.send(out.array(), out.position());
    }

    /** Waits for a whole record and decrypts it; some have nothing in them for the caller. */
    private void unwrap(ByteBuffer clear) throws IOException {
        while (true) {
            SSLEngineResult result = engine.unwrap(in, clear);
            switch (result.getStatus()) {
                case OK -> {
                    return;
                }
                case BUFFER_UNDERFLOW -> fill();
                case BUFFER_OVERFLOW -> throw new IOException("a record is longer than the room for it");
                case CLOSED -> throw new EOFException("the server closed the connection");
            }
        }
    }

    private void fill() throws IOException {
        in.compact();
        int count = link.receive(in.array(), in.position(), in.remaining());
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        in.position(in.position() + count).flip();
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        ByteBuffer clear = ByteBuffer.wrap(bytes, 0, length);
        while (clear.hasRemaining()) {
            wrap(clear);
        }
    }

    @Override
    public int receive(byte[] into, int at, int length) throws IOException {
        ByteBuffer clear = ByteBuffer.wrap(into, at, length);
        while (clear.position() == at) {
            unwrap(clear);
        }
        return clear.position() - at;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
