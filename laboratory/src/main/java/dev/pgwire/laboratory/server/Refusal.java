package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.Diagnostic;

/** Ends what is being done with an ErrorResponse. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Refusal(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    static Refusal error(String sqlState, String message) {
        return new Refusal(diagnostic("ERROR", sqlState, message));
    }

    static Diagnostic diagnostic(String severity, String sqlState, String message) {
        return Diagnostic.builder()
                .field('S', severity)
                .field('V', severity)
                .field('C', sqlState)
                .field('M', message)
                .build();
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
