package dev.pgwire.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The version that a server reports when it lets somebody in: {@code 18.6}, or {@code 15.18 (Debian ...)}. */
record ServerVersion(String text) {
    static final ServerVersion UNKNOWN = new ServerVersion("");
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int PATIENCE_MILLIS = 5_000;

    boolean isKnown() {
        return !text.isEmpty();
    }

    int major() {
        String digits = text.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Opens a connection for as long as it takes to read the version; unknown when the server wants a password. */
    static ServerVersion reportedBy(Dsn dsn) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(dsn.get("host"), Integer.parseInt(dsn.get("port"))), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ask(socket, dsn);
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
    }

    private static ServerVersion ask(Socket socket, Dsn dsn) throws IOException {
        byte[] parameters = ("user\0" + dsn.get("user") + "\0database\0" + dsn.get("dbname") + "\0\0")
                .getBytes(StandardCharsets.UTF_8);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] opening = ByteBuffer.allocate(8 + parameters.length)
                .putInt(8 + parameters.length)
                .putInt(PROTOCOL_3_0)
                .put(parameters)
                .array();
        out.write(opening);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int tag = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (tag == 'S') {
                String[] status = new String(body, StandardCharsets.UTF_8).split("\0");
                if (status[0].equals("server_version")) {
                    out.write(new byte[] {'X', 0, 0, 0, 4});
                    return new ServerVersion(status[1]);
                }
            } else if (tag != 'R' || body[3] != 0) {
                return UNKNOWN;
            }
        }
    }
}
