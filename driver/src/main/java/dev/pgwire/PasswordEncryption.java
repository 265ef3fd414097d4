package dev.pgwire;

import dev.pgwire.internal.password.Verifier;

/** How a server keeps a password. Source: PostgreSQL manual, 20.5 Password Authentication. */
public enum PasswordEncryption {
    /** For SCRAM-SHA-256, which every server has that this driver speaks with. */
    SCRAM_SHA_256(Verifier.SCRAM),
    /** By md5, which is broken: who knows what the server keeps can log in with it. */
    MD5(Verifier.MD5);

    private final String text;

    PasswordEncryption(String text) {
        this.text = text;
    }

    /** As the server's {@code password_encryption} has it. */
    public String text() {
        return text;
    }
}
