package dev.pgwire.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** A socket that was never connected, from which a recording can be read again and again. */
final class RecordedSocket extends Socket {
    private final InputStream in;

    private RecordedSocket(byte[] recording) {
        in = new Endless(recording);
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public int getSendBufferSize() {
        return 8192;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    /** Begins anew at its end. */
    private static final class Endless extends ByteArrayInputStream {
        Endless(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] to, int offset, int length) {
            if (available() == 0) {
                reset();
            }
            return super.read(to, offset, length);
        }
    }

    /** Makes such sockets, whatever the address. */
    static final class Factory extends SocketFactory {
        private final byte[] recording;

        Factory(byte[] recording) {
            this.recording = recording;
        }

        @Override
        public Socket createSocket() {
            return new RecordedSocket(recording);
        }

        @Override
        public Socket createSocket(String host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket();
        }
    }
}
