package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;

/** The streams of a plain blocking socket. */
record StreamLink(Socket socket, InputStream in, OutputStream out) implements Link {
    static StreamLink open(Address address) throws IOException {
        Socket socket = new Socket(address.host(), address.port());
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new StreamLink(socket, socket.getInputStream(), socket.getOutputStream());
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public int receive(byte[] into, int at, int length) throws IOException {
        return in.read(into, at, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
