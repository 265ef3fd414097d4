package dev.pgwire.internal.tls.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** {@code sslpassword}, as those who decrypt a private key ask for it. */
final class KeyPassword {
    private final @Nullable String text;

    KeyPassword(@Nullable String text) {
        this.text = text;
    }

    boolean isGiven() {
        return text != null;
    }

    /** A copy; to be overwritten after use. */
    char[] chars() throws UnusableKeyException {
        return given().toCharArray();
    }

    /** A copy in UTF-8; to be overwritten after use. */
    byte[] bytes() throws UnusableKeyException {
        return given().getBytes(StandardCharsets.UTF_8);
    }

    private String given() throws UnusableKeyException {
        if (text == null) {
            throw new UnusableKeyException(
                    "is encrypted and sslpassword is not given, expected the key's password there");
        }
        return text;
    }

    /** What decrypting with a wrong password looks like. A wrong one may also pass unnoticed and give garbage. */
    static GeneralSecurityException wrong(Throwable cause) {
        return new UnusableKeyException(
                "cannot be decrypted with sslpassword, expected the key's password there", cause);
    }
}
