package dev.pgwire.bench;

/** A command line that asks for what there is not. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    /** Refuses what is not right. */
    static void check(boolean isRight, String otherwise) {
        if (!isRight) {
            throw new UsageException(otherwise);
        }
    }
}
