package dev.pgwire.it;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;

/** Stands before a server and damages the fields of wide rows, not the messages that they come in. */
final class DamagingProxy implements AutoCloseable {
    private static final int DATA_ROW = 'D';

    private final ServerSocket listener;
    private final int serverPort;
    private final int fewestFields;
    private final Random random;
    private volatile boolean isDamaging;

    private DamagingProxy(int serverPort, int fewestFields, Random random) throws IOException {
        this.serverPort = serverPort;
        this.fewestFields = fewestFields;
        this.random = random;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    static DamagingProxy before(int serverPort, int fewestFields, Random random) {
        try {
            DamagingProxy proxy = new DamagingProxy(serverPort, fewestFields, random);
            ProxyThread.start(() -> {
                while (!proxy.listener.isClosed()) {
                    Socket client = proxy.listener.accept();
                    ProxyThread.start(() -> proxy.forward(client));
                }
            });
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void damage(boolean isDamaging) {
        this.isDamaging = isDamaging;
    }

    private void forward(Socket client) throws IOException {
        try (client;
                Socket server = new Socket("127.0.0.1", serverPort)) {
            ProxyThread.start(() -> {
                try (client) {
                    answers(server, client);
                }
            });
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private void answers(Socket server, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
        for (int tag = in.read(); tag >= 0; tag = in.read()) {
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            if (tag == DATA_ROW && isDamaging && ByteBuffer.wrap(body).getShort() >= fewestFields) {
                body = damaged(ByteBuffer.wrap(body));
            }
            out.write(tag);
            out.writeInt(body.length + Integer.BYTES);
            out.write(body);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private byte[] damaged(ByteBuffer row) {
        ByteBuffer out = ByteBuffer.allocate(2 * row.limit());
        int fields = row.getShort();
        out.putShort((short) fields);
        for (int i = 0; i < fields; i++) {
            int length = row.getInt();
            if (length < 0) {
                out.putInt(length);
                continue;
            }
            byte[] field = new byte[length];
            row.get(field);
            field = damaged(field);
            out.putInt(field.length).put(field);
        }
        byte[] body = new byte[out.position()];
        out.flip().get(body);
        return body;
    }

    private byte[] damaged(byte[] field) {
        switch (random.nextInt(4)) {
            case 0:
                byte[] shorter = new byte[random.nextInt(field.length + 1)];
                System.arraycopy(field, 0, shorter, 0, shorter.length);
                return shorter;
            case 1:
                byte[] noise = new byte[field.length];
                random.nextBytes(noise);
                return noise;
            default:
                for (int changes = random.nextInt(3); changes >= 0 && field.length > 0; changes--) {
                    field[random.nextInt(field.length)] = (byte) (random.nextInt(3) - random.nextInt(2) * 128);
                }
                return field;
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
}
