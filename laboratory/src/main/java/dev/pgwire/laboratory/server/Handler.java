package dev.pgwire.laboratory.server;

/** Answers a statement. It runs on the thread of its session; those of several sessions run at the same time. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer.
     *
     * @param values those of {@code $1}, {@code $2} and so on
     * @throws Exception becomes an ErrorResponse XX000 with its message; an {@link InterruptedException} means that the statement was
     *     cancelled, 57014
     */
    Reply answer(Values values) throws Exception;
}
