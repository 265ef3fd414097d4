/** Every message of the PostgreSQL frontend/backend protocol 3.0 to 3.2, both ways. */
module dev.pgwire.protocol {
    requires transitive io.netty.buffer;
    requires static transitive org.jspecify;
    requires com.ongres.scram.client;
    requires com.ongres.stringprep;

    exports dev.pgwire.protocol;
    exports dev.pgwire.protocol.auth;
    exports dev.pgwire.protocol.backend;
    exports dev.pgwire.protocol.dialogue;
    exports dev.pgwire.protocol.frontend;
    exports dev.pgwire.protocol.trace;
}
