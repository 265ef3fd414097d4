package dev.pgwire.it;

import java.io.IOException;

/** What carries the bytes of a proxy. It ends with its connection, and with the JVM at the latest. */
final class ProxyThread {
    private ProxyThread() {}

    static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // One side has gone; the other notices by itself.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends with an exception when a socket is closed. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }
}
