package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.run.ClassPath;

/** What each driver needs on the class path, and nothing else. */
final class DriverJars {
    private static final String SCRAM = "scram-client|scram-common|saslprep|stringprep";
    private static final String NETTY =
            "netty-(common|buffer|transport|resolver|handler|codec-base|transport-native-unix-common)";

    private DriverJars() {}

    static ClassPath pgwire() {
        return ClassPath.of("pgwire-driver|pgwire-protocol|jspecify", SCRAM, NETTY);
    }

    static ClassPath pgjdbc() {
        return ClassPath.of("postgresql");
    }

    static ClassPath vertx() {
        return ClassPath.of(
                "vertx-core|vertx-core-logging|vertx-pg-client|vertx-sql-client|jackson-core",
                SCRAM,
                NETTY,
                "netty-(handler-proxy|codec-socks|codec-http|codec-http2|codec-compression|codec-dns|resolver-dns)");
    }

    static ClassPath r2dbc() {
        return ClassPath.of(
                "r2dbc-postgresql|r2dbc-spi|reactor-core|reactor-netty-core|reactive-streams",
                SCRAM,
                NETTY,
                "netty-(handler-proxy|codec-socks|codec-dns|resolver-dns|codec|transport-classes-epoll"
                        + "|transport-native-epoll)");
    }

    static ClassPath none() {
        return ClassPath.of("none");
    }
}
