package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.util.List;

/** What a session does between its first ReadyForQuery and its end. */
final class SessionLoop {
    private final Book book;
    private final ServerSession session;
    private final Wiring wiring;
    private final Answering answering;
    private final ExtendedQuery extended;
    /** An error makes the server ignore all until the next Sync. */
    private boolean skips;
    /** Bytes of the program stand for all until the next Sync, also for its answer. */
    private boolean isSpokenFor;

    SessionLoop(Book book, ServerSession session, Wiring wiring) {
        this.book = book;
        this.session = session;
        this.wiring = wiring;
        this.answering = new Answering(session, wiring);
        this.extended = new ExtendedQuery(book, answering, wiring);
        session.onForget(extended::forget);
        wiring.trust();
    }

    void run() throws IOException {
        try {
            for (FrontendMessage message = wiring.receive();
                    message != null && message != Command.TERMINATE;
                    message = wiring.receive()) {
                take(message);
            }
        } catch (ProtocolViolation e) {
            wiring.send(new ErrorResponse(Refusal.diagnostic("FATAL", "08P01", String.valueOf(e.getMessage()))));
            wiring.flush();
        }
    }

    private void take(FrontendMessage message) throws IOException {
        try {
            if (message == Command.SYNC) {
                skips = false;
                if (isSpokenFor) {
                    isSpokenFor = false;
                } else {
                    ready();
                }
            } else if (message == Command.FLUSH) {
                wiring.flush();
            } else if (skips) {
                return;
            } else if (message instanceof Query query) {
                simple(query.sql());
                ready();
            } else {
                extended.take(message);
            }
        } catch (Refusal e) {
            skips = true;
            refuse(e);
        } catch (Answering.OddEnd e) {
            odd(e, message instanceof Query);
        }
    }

    private void simple(String sql) throws IOException {
        List<String> statements = Statements.of(sql);
        if (statements.isEmpty()) {
            wiring.send(Signal.EMPTY_QUERY_RESPONSE);
        }
        try {
            for (String statement : statements) {
                Known known = book.find(statement);
                Reply reply = answering.ask(known, known.values());
                if (reply instanceof Rows rows) {
                    wiring.send(Answering.describe(rows.columns(), List.of(Format.TEXT)));
                }
                answering.send(reply, List.of(Format.TEXT));
            }
        } catch (Refusal e) {
            refuse(e);
        }
    }

    private void refuse(Refusal why) throws IOException {
        if (session.transactionStatus() == TransactionStatus.IN_TRANSACTION) {
            session.transactionStatus(TransactionStatus.FAILED);
        }
        wiring.send(new ErrorResponse(why.diagnostic()));
    }

    private void ready() throws IOException {
        if (session.transactionStatus() == TransactionStatus.IDLE) {
            extended.endPortals();
        }
        wiring.send(ReadyForQuery.of(session.transactionStatus()));
        wiring.flush();
    }

    private void odd(Answering.OddEnd end, boolean simple) throws IOException {
        switch (end.odd().way()) {
            case RAW -> {
                isSpokenFor = !simple;
                wiring.sendRaw(end.odd().bytes());
            }
            case CLOSE -> {
                wiring.flush();
                throw end;
            }
            case RESET -> {
                wiring.flush();
                wiring.end().reset();
                throw end;
            }
        }
    }
}
