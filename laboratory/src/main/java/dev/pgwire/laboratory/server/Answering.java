package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.FrontendMessage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks handlers, and makes messages of their replies. */
final class Answering {
    private final ServerSession session;
    private final Wiring wiring;

    Answering(ServerSession session, Wiring wiring) {
        this.session = session;
        this.wiring = wiring;
    }

    /** Runs a handler. What it throws, and a cancel request, end it with a {@link Refusal}. */
    Reply ask(Known known, List<@Nullable Object> values) throws IOException {
        String first = known.sql().strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
        if (session.transactionStatus() == TransactionStatus.FAILED
                && !List.of("COMMIT", "END", "ROLLBACK", "ABORT").contains(first)) {
            throw Refusal.error(
                    "25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }
        session.begin();
        try {
            Reply reply = known.handler().answer(new Values(known.sql(), values, session));
            while (reply instanceof Reply.Late late) {
                session.pause(late.delay());
                reply = late.reply();
            }
            if (session.isCancelled()) {
                throw new InterruptedException();
            }
            if (reply instanceof Reply.Failure failure) {
                throw new Refusal(failure.diagnostic());
            }
            return reply;
        } catch (InterruptedException e) {
            throw Refusal.error("57014", "canceling statement due to user request");
        } catch (Refusal | EOFException e) {
            throw e;
        } catch (Throwable e) {
            throw mistake(e);
        } finally {
            session.end();
        }
    }

    private static Refusal mistake(Throwable e) {
        return Refusal.error("XX000", e.getMessage() == null ? e.toString() : e.getMessage());
    }

    static RowDescription describe(List<Column> columns, List<Format> formats) {
        List<RowDescription.Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ServerType type = columns.get(i).type();
            fields.add(new RowDescription.Field(
                    columns.get(i).name(), 0, (short) 0, type.oid(), (short) type.size(), -1, format(formats, i)));
        }
        return new RowDescription(fields);
    }

    /** One code for all, or one for each, or none for text. */
    static Format format(List<Format> formats, int index) {
        if (formats.isEmpty()) {
            return Format.TEXT;
        }
        return formats.get(formats.size() == 1 ? 0 : index);
    }

    /** Sends a reply, but what describes its rows. */
    void send(Reply reply, List<Format> formats) throws IOException {
        if (reply instanceof Rows rows) {
            send(rows, 0, rows.rows().size(), formats);
            wiring.send(new CommandComplete(rows.commandTag()));
        } else if (reply instanceof Reply.Done done) {
            wiring.send(new CommandComplete(done.tag()));
        } else if (reply instanceof Reply.CopyIn copy) {
            wiring.send(new CopyInResponse(Format.TEXT, Collections.nCopies(copy.columns(), Format.TEXT)));
            wiring.flush();
            byte[] data = copied();
            wiring.send(new CommandComplete("COPY " + count(copy, data)));
        } else if (reply instanceof Reply.CopyOut copy) {
            wiring.send(new CopyOutResponse(Format.TEXT, Collections.nCopies(copy.columns(), Format.TEXT)));
            for (String line : copy.lines()) {
                wiring.send(new dev.pgwire.protocol.backend.CopyData(line.getBytes(StandardCharsets.UTF_8)));
            }
            wiring.send(
                    Signal.COPY_DONE, new CommandComplete("COPY " + copy.lines().size()));
        } else if (reply instanceof Reply.Odd odd) {
            throw new OddEnd(odd);
        }
    }

    void send(Rows rows, int from, int to, List<Format> formats) throws IOException {
        for (List<@Nullable Object> row : rows.rows().subList(from, to)) {
            wiring.send(row(rows.columns(), row, formats));
        }
    }

    // NullAway does not read from class files that DataRow takes null for NULL.
    @SuppressWarnings("NullAway")
    private static BackendMessage row(List<Column> columns, List<@Nullable Object> row, List<Format> formats) {
        List<byte @Nullable []> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            Column column = columns.get(i);
            try {
                values.add(value == null ? null : column.type().write(value, format(formats, i) == Format.BINARY));
            } catch (RuntimeException e) {
                throw Refusal.error(
                        "XX000",
                        "column \"" + column.name() + "\": a "
                                + value.getClass().getName() + " is no "
                                + column.type().name().toLowerCase(Locale.ROOT));
            }
        }
        return DataRow.of(values);
    }

    private static long count(Reply.CopyIn copy, byte[] data) {
        try {
            return copy.data().apply(data);
        } catch (Throwable e) {
            throw mistake(e);
        }
    }

    private byte[] copied() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (FrontendMessage message = wiring.receive(); message != null; message = wiring.receive()) {
            if (message instanceof CopyData data) {
                all.writeBytes(data.data());
            } else if (message == Command.COPY_DONE) {
                return all.toByteArray();
            } else if (message instanceof CopyFail fail) {
                throw Refusal.error("57014", "COPY from stdin failed: " + fail.reason());
            } else if (message != Command.SYNC && message != Command.FLUSH) {
                throw Refusal.error(
                        "08P01", "unexpected " + message.getClass().getSimpleName() + " during COPY from stdin");
            }
        }
        throw new EOFException("the client has gone in the middle of a COPY");
    }

    /** The program wants something that no server does. */
    static final class OddEnd extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Reply.Odd odd;

        OddEnd(Reply.Odd odd) {
            super("the program ended the answer by " + odd.way());
            this.odd = odd;
        }

        Reply.Odd odd() {
            return odd;
        }
    }
}
