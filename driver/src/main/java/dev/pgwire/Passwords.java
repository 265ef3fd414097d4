package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.password.Verifier;

/** Passwords as a server keeps them, computed here: so the server never hears the password, nor does its log. */
public final class Passwords {
    private Passwords() {}

    /**
     * What a server keeps of a password, for {@code ALTER USER ... PASSWORD} or {@code CREATE USER ... PASSWORD}: with SCRAM a random
     * salt and 4096 iterations, so that it is another one each time. It takes some milliseconds. The password is prepared as the login
     * does it.
     *
     * @param user the role, as the catalog has it; only md5 needs it
     * @throws InterfaceException if the password is empty, has a zero character or half a character; it is never repeated
     */
    public static String encrypt(String password, String user, PasswordEncryption encryption) {
        return Verifier.of(password, user, encryption.text());
    }
}
