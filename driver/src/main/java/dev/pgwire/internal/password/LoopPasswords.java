package dev.pgwire.internal.password;

import dev.pgwire.internal.session.LoopSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Passwords for callers that do not wait.
 *
 * @param blocking computes the verifiers, which takes milliseconds
 */
public record LoopPasswords(LoopSession session, @Nullable Duration deadline, Executor blocking) {
    /** Encrypts a password as the server does. */
    public CompletableFuture<String> encrypt(String password, String user) {
        Verifier.check(password);
        return session.run(PasswordChange.encryption(session.dispatch()), deadline)
                .thenApplyAsync(encryption -> Verifier.of(password, user, encryption), blocking);
    }

    /** Changes the password of a role. */
    public CompletableFuture<@Nullable Void> change(String user, String password) {
        return encrypt(password, user)
                .thenCompose(verifier -> session.run(new PasswordChange(session.dispatch(), user, verifier), deadline));
    }

    /** Without the session, which tells more than is wanted here. */
    @Override
    public String toString() {
        return "LoopPasswords";
    }
}
