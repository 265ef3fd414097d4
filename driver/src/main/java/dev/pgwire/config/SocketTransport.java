package dev.pgwire.config;

/** What carries the bytes of connections that live on an event loop: those of the asynchronous face and the shared ones of a pool. */
public enum SocketTransport implements Choice {
    /** The JDK's channels; the default, and what a connection that its callers drive always uses. */
    NIO("nio"),
    /** Netty's epoll, which needs Linux and a jar of Netty's that the driver does not bring: {@code netty-transport-native-epoll}. */
    EPOLL("epoll");

    private final String text;

    SocketTransport(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
