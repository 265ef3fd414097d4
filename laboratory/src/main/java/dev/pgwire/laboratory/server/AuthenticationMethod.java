package dev.pgwire.laboratory.server;

/** How a {@link Server} asks for passwords, by the names of pg_hba.conf. */
public enum AuthenticationMethod {
    /** Not at all; users that are named may come in, and all where none is. */
    TRUST,
    /** In the clear. */
    PASSWORD,
    /** As an MD5 hash. */
    MD5,
    /** By SCRAM, which is bound to the channel where that has TLS. */
    SCRAM_SHA_256
}
