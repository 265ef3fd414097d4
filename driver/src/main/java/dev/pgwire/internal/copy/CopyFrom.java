package dev.pgwire.internal.copy;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Query;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A COPY FROM STDIN that is under way. Each of its procedures is a move of it: the first one begins it, any number send data, the
 * last one ends it or has it fail. When one of them has thrown, the COPY is over, and nothing of it stays.
 */
public final class CopyFrom {
    private final Dispatch dispatch;
    private final CopyStatement statement;
    private final CopyFromExchange exchange;
    private boolean begun;
    /** Whether what ends it was sent. */
    private boolean ended;

    private boolean abandoned;
    /** Why it is to be abandoned by who comes next; null if it is not. */
    private volatile @Nullable String givenUp;

    /** A COPY of which nothing was sent. */
    public CopyFrom(Dispatch dispatch, CopyStatement statement) {
        this.dispatch = dispatch;
        this.statement = statement;
        this.exchange = new CopyFromExchange(statement.sql());
    }

    /** Asks the server to begin; done when it wants the data. */
    public Procedure<CopyInResponse> begin() {
        return new Beginning();
    }

    /** Sends bytes, when there is room; they are not looked at any more when it is over. What it gives is of no interest. */
    public Procedure<Long> part(byte[] bytes, int length) {
        return new Moving() {
            @Override
            void write(ByteBuf out) {
                Wire.header(out, CopyData.TAG, length);
                out.writeBytes(bytes, 0, length);
            }
        };
    }

    /** Sends the end of the data; gives how many rows the server has stored. */
    public Procedure<Long> end() {
        return new Moving() {
            @Override
            void write(ByteBuf out) {
                Command.COPY_DONE.encode(out);
                exchange.expectEnd();
                ended = true;
            }
        };
    }

    /** Has it fail, so that nothing of it stays; that is all that can be wrong with it. */
    public Procedure<@Nullable Void> abandon(String reason) {
        return new Abandoning(reason);
    }

    /** It is not wanted any more, and who could not say so to the server leaves that to who comes next. Any thread may call it. */
    public void giveUp(String reason) {
        givenUp = reason;
    }

    /** Why it is to be abandoned by who comes next; null if it is not. */
    public @Nullable String givenUp() {
        return givenUp;
    }

    /** Tells its end, whatever ends it: the program, a ROLLBACK, the loss of the connection. */
    public void tells(StatementRun run) {
        if (exchange.isDone()) {
            end(run);
        } else {
            exchange.whenDone(() -> end(run));
        }
    }

    private void end(StatementRun run) {
        PgException failure = exchange.failure();
        if (failure == null) {
            run.ended(exchange.rows());
        } else {
            run.failed(failure);
        }
    }

    /** Whether its last answer has come, or will never come. */
    public boolean isOver() {
        return exchange.isDone();
    }

    /** Whether it was made to fail. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** Whether the server has refused it, or it is not wanted any more, so that no more data is to be sent. */
    boolean isStopped() {
        return exchange.failure() != null || dispatch.isUnwanted();
    }

    /** The statement, in so few words that a message can name it. */
    public String shown() {
        return SqlExcerpt.of(statement.sql());
    }

    private PgException failure() {
        return Objects.requireNonNull(exchange.failure());
    }

    private final class Beginning extends Procedure<CopyInResponse> {
        private @Nullable BeginNow transaction;

        Beginning() {
            super(CopyFrom.this.dispatch);
        }

        @Override
        protected boolean ready() {
            return !begun || (exchange.response() != null && exchange.failure() == null) || exchange.isDone();
        }

        @Override
        protected boolean proceed() {
            if (transaction == null) {
                transaction = first(new BeginNow(dispatch));
                return false;
            }
            if (!begun) {
                transaction.result();
                dispatch.meaning().sends(statement.shape());
                dispatch.bareRequest().message(new Query(statement.sql())).expect(exchange);
                begun = true;
                send(Flight.STATEMENT);
                return false;
            }
            // A server that has asked for data before it refused the COPY has begun it: the next move throws the
            // failure.
            CopyInResponse response = exchange.response();
            if (response == null) {
                throw failure();
            }
            return over(response);
        }
    }

    /** Sends something, unless the COPY has failed or is cancelled: a server that waits for data ignores a cancel request. */
    private abstract class Moving extends Procedure<Long> {
        private boolean sent;
        private @Nullable PgException unwanted;

        Moving() {
            super(CopyFrom.this.dispatch);
        }

        abstract void write(ByteBuf out);

        @Override
        protected boolean ready() {
            return exchange.isDone()
                    || (exchange.failure() == null
                            && (sent
                                    ? unwanted == null && !ended
                                    : dispatch.transport().hasRoom()));
        }

        @Override
        protected boolean proceed() {
            PgException why = unwanted;
            if (why != null && exchange.isDone()) {
                throw why;
            }
            if (exchange.failure() != null) {
                if (exchange.isDone()) {
                    throw failure();
                }
                return false;
            }
            if (sent) {
                return over(exchange.rows());
            }
            sent = true;
            if (dispatch.isUnwanted()) {
                unwanted = dispatch.cancelled();
                ended = true;
                dispatch.bareRequest().message(new CopyFail("the COPY was cancelled"));
            } else {
                write(dispatch.bareRequest().out());
            }
            send(Flight.STATEMENT);
            return false;
        }
    }

    private final class Abandoning extends Procedure<@Nullable Void> {
        private final String reason;
        private boolean told;

        Abandoning(String reason) {
            super(CopyFrom.this.dispatch);
            this.reason = reason;
        }

        @Override
        protected boolean ready() {
            return !told || exchange.isDone();
        }

        @Override
        protected boolean proceed() {
            if (!told) {
                told = true;
                abandoned = true;
                if (begun && !ended && exchange.failure() == null) {
                    ended = true;
                    dispatch.bareRequest().message(new CopyFail(reason));
                    send(Flight.STATEMENT);
                    return false;
                }
            }
            return (exchange.isDone() || !begun) && over(null);
        }
    }
}
