package dev.pgwire.testkit;

import java.io.PrintStream;

/**
 * The embedded server and Testcontainers log through SLF4J, which complains on the error stream when a program has no provider of
 * it. A test that only wants a server has asked for no log. A provider among the dependencies of the kit would get in
 * the way of the program's own, and which versions of SLF4J are there is up to the program; so its start is listened to, once.
 */
final class Slf4j {
    private static final String PREFIX = "SLF4J";
    private static final String[] PROVIDERS = {
        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "org/slf4j/impl/StaticLoggerBinder.class"
    };

    private Slf4j() {}

    /** Has SLF4J start without complaints if the program has no provider; if it has one, SLF4J starts when it is used. */
    static synchronized void start() {
        if (hasProvider()) {
            return;
        }
        PrintStream before = System.err;
        PrintStream quiet = new WithoutComplaints(before);
        System.setErr(quiet);
        try {
            Class.forName("org.slf4j.LoggerFactory")
                    .getMethod("getILoggerFactory")
                    .invoke(null);
        } catch (ReflectiveOperationException absent) {
            // Then there is nothing that could complain.
        } finally {
            if (System.err == quiet) {
                System.setErr(before);
            }
        }
    }

    private static boolean hasProvider() {
        ClassLoader loader = Slf4j.class.getClassLoader();
        for (String provider : PROVIDERS) {
            if (loader.getResource(provider) != null) {
                return true;
            }
        }
        return false;
    }

    /** What other threads print meanwhile passes. */
    private static final class WithoutComplaints extends PrintStream {
        WithoutComplaints(PrintStream to) {
            super(to, true);
        }

        @Override
        public void println(String line) {
            if (line == null || !line.startsWith(PREFIX)) {
                super.println(line);
            }
        }
    }
}
