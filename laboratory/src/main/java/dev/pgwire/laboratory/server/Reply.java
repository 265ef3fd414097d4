package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.Diagnostic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a statement is answered with. */
public sealed interface Reply
        permits Rows, Reply.Done, Reply.Failure, Reply.CopyIn, Reply.CopyOut, Reply.Late, Reply.Odd {

    /** Rows with these columns, each as in CREATE TABLE: {@code rows("id int4", "name text").row(1, "Ada")}. */
    static Rows rows(String... columns) {
        return new Rows(Arrays.stream(columns).map(Column::of).toList());
    }

    /** No rows, but this command tag: {@code "INSERT 0 1"}. */
    static Reply done(String tag) {
        return new Done(tag);
    }

    /** An error with this SQLSTATE. */
    static Reply error(String sqlState, String message) {
        return error(sqlState, message, Map.of());
    }

    /** An error with more fields, by the codes of the manual's section 54.8: {@code Map.of('D', "the detail")}. */
    static Reply error(String sqlState, String message, Map<Character, String> fields) {
        Diagnostic.Builder diagnostic = Diagnostic.builder()
                .field('S', "ERROR")
                .field('V', "ERROR")
                .field('C', sqlState)
                .field('M', message);
        fields.forEach(diagnostic::field);
        return new Failure(diagnostic.build());
    }

    /** Takes the data of a COPY ... FROM STDIN in text; what it is given is answered by the count of rows. */
    static Reply copyIn(int columns, Function<byte[], Long> data) {
        return new CopyIn(columns, data);
    }

    /** The data of a COPY ... TO STDOUT in text: each with its newline. */
    static Reply copyOut(int columns, List<String> lines) {
        return new CopyOut(columns, List.copyOf(lines));
    }

    /** The same after a while; a cancel request ends it, with 57014. */
    static Reply after(Duration delay, Reply reply) {
        return new Late(delay, reply);
    }

    /** No answer, until the statement is cancelled or the client goes; one that speaks TLS must be cancelled, or the server closed. */
    static Reply never() {
        return new Late(Duration.ofDays(10_000), done("NEVER"));
    }

    /** These bytes, whatever they are, in place of the whole answer: the server adds no ReadyForQuery of its own, to a Sync neither. */
    static Reply raw(byte... bytes) {
        return new Odd(Odd.Way.RAW, bytes.clone());
    }

    /** The end of the connection, in good order. */
    static Reply close() {
        return new Odd(Odd.Way.CLOSE, new byte[0]);
    }

    /** The end of the connection by a reset. */
    static Reply reset() {
        return new Odd(Odd.Way.RESET, new byte[0]);
    }

    /** See {@link #done}. */
    record Done(String tag) implements Reply {}

    /** See {@link #error}. */
    record Failure(Diagnostic diagnostic) implements Reply {}

    /** See {@link #copyIn}. */
    record CopyIn(int columns, Function<byte[], Long> data) implements Reply {}

    /** See {@link #copyOut}. */
    record CopyOut(int columns, List<String> lines) implements Reply {}

    /** See {@link #after}. */
    record Late(Duration delay, Reply reply) implements Reply {}

    /** What no server does. */
    record Odd(Way way, byte[] bytes) implements Reply {
        enum Way {
            RAW,
            CLOSE,
            RESET
        }
    }
}
