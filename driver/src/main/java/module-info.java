/** A PostgreSQL driver that speaks the wire protocol itself. */
module dev.pgwire.driver {
    requires transitive dev.pgwire.protocol;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;
    requires static java.security.jgss;
    requires static jdk.jfr;
    requires jdk.net;
    requires static transitive org.jspecify;

    exports dev.pgwire;
    exports dev.pgwire.async;
    exports dev.pgwire.config;
    exports dev.pgwire.error;
    exports dev.pgwire.notification;
    exports dev.pgwire.observe;
    exports dev.pgwire.pool;
    exports dev.pgwire.row;
    exports dev.pgwire.sql;
    exports dev.pgwire.type;
}
