package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.dialogue.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints each event as a line with one JSON object. Times are of UTC with nanoseconds, durations are nanoseconds.
 *
 * <ul>
 *   <li>a message: {@code connection, time, from} ({@code client} or {@code server}), {@code message} (its name), {@code length}, its fields, and
 *       {@code belongsTo}, the SQL of its statement; {@code "whole":false} if a part of it is missing, and then no fields; {@code error} if it
 *       is not well formed
 *   <li>a phase: {@code connection, time, phase, took, outcome}
 *   <li>a statement: {@code connection, time, phase} ({@code statement}), {@code took, firstRow, parse, bind, execute, rows, outcome, sql}
 *   <li>a remark: {@code connection, time, remark}
 * </ul>
 *
 * <p>Bytes that are UTF-8 without control characters are a string, others are {@code {"hex":"00ff"}}. Passwords, what SASL and GSSAPI
 * exchange, and the key that cancels are {@code "***"}.
 */
public final class JsonPrinter implements Consumer<CaptureEvent> {
    private final Appendable out;
    private final StringBuilder line = new StringBuilder();
    private final JsonFields json = new JsonFields(line);

    /** @param out where to; what it throws is thrown on */
    public JsonPrinter(Appendable out) {
        this.out = out;
    }

    /** @throws UncheckedIOException if the output fails */
    @Override
    public void accept(CaptureEvent event) {
        line.setLength(0);
        line.append('{');
        CapturedConnection connection = event.connection();
        if (connection != null) {
            json.field("connection", connection.number());
        }
        if (event instanceof CapturedMessage message) {
            print(message);
        } else if (event instanceof CapturedPhase phase) {
            time(phase.begin());
            json.field("phase", phase.kind().name().toLowerCase(Locale.ROOT));
            duration("took", phase.took());
            json.field("outcome", phase.outcome());
        } else if (event instanceof CapturedStatement statement) {
            print(statement);
        } else if (event instanceof CaptureRemark remark) {
            if (connection != null) {
                json.field("client", connection.client().toString());
                json.field("server", connection.server().toString());
            }
            time(remark.time());
            json.field("remark", remark.text());
        }
        line.append("}\n");
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(CapturedMessage message) {
        time(message.time());
        json.field("from", message.side() == Side.FRONTEND ? "client" : "server");
        json.field("message", message.name());
        json.field("length", message.length());
        if (message.isWhole()) {
            try {
                json.message(message.message());
            } catch (ProtocolViolation e) {
                json.field("error", String.valueOf(e.getMessage()));
            }
        } else {
            json.field("whole", false);
        }
        json.optional("belongsTo", message.sql());
    }

    private void print(CapturedStatement statement) {
        time(statement.begin());
        json.field("phase", "statement");
        duration("took", statement.took());
        duration("firstRow", statement.firstRow());
        duration("parse", statement.parse());
        duration("bind", statement.bind());
        duration("execute", statement.execute());
        json.field("rows", statement.rows());
        json.field("outcome", statement.outcome());
        json.optional("sql", statement.sql());
    }

    private void time(@Nullable Instant time) {
        json.optional("time", time == null ? null : time.toString());
    }

    private void duration(String name, @Nullable Duration duration) {
        json.optional(name, duration == null ? null : duration.toNanos());
    }
}
