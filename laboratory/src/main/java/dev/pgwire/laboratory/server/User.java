package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.auth.ScramVerifier;

/** Who may come in. */
record User(String name, String password, String verifier) {
    static User of(String name, String password) {
        return new User(name, password, password.isEmpty() ? "" : ScramVerifier.of(password.toCharArray()));
    }

    @Override
    public String toString() {
        return "User[" + name + "]";
    }
}
