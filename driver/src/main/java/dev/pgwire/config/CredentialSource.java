package dev.pgwire.config;

import org.jspecify.annotations.Nullable;

/** Gives the password for each connection that is made, for passwords that change, such as tokens of a cloud. */
@FunctionalInterface
public interface CredentialSource {
    /**
     * The password for a connection that is about to be made; called on the thread that connects, which may take its time.
     *
     * @return null for none: then the password file is looked at
     */
    @Nullable
    String password(Host host, String user, String database);
}
