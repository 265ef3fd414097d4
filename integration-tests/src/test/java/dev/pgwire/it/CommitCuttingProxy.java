package dev.pgwire.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a server, and cuts a connection when the client commits. */
final class CommitCuttingProxy implements AutoCloseable {
    private static final String COMMIT = "COMMIT\0";

    /** When it cuts. */
    enum Cut {
        /** The server never sees the COMMIT. */
        BEFORE,
        /** The server has it, and the client never sees an answer. */
        BEHIND,
        /** The answer is on its way. */
        ANSWERED
    }

    private final ServerSocket listener;
    private final int serverPort;
    private volatile Cut cut = Cut.BEFORE;

    private CommitCuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    static CommitCuttingProxy before(int serverPort) {
        try {
            CommitCuttingProxy proxy = new CommitCuttingProxy(serverPort);
            ProxyThread.start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void cuts(Cut when) {
        cut = when;
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getByName("127.0.0.1"), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Line line = new Line(client, server);
            ProxyThread.start(line::toServer);
            ProxyThread.start(line::toClient);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Line {
        private final Socket client;
        private final Socket server;
        private volatile boolean drops;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void toServer() throws IOException {
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    boolean commits = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT);
                    if (commits && cut == Cut.BEFORE) {
                        return;
                    }
                    drops = commits;
                    out.write(buffer, 0, read);
                    if (commits && cut == Cut.BEHIND) {
                        return;
                    }
                }
            }
        }

        void toClient() throws IOException {
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (drops) {
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            }
        }
    }
}
