package dev.pgwire.internal.exchange;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import org.jspecify.annotations.Nullable;

/** What a server tells at any time, unasked. Called on the thread that drives the connection. */
public interface SessionEvents {
    /** What follows comes from another server: what the one before has told is of no use. */
    void newServer();

    /** What {@link #parameter(ParameterStatus)} told last about a run-time parameter; null if nothing. */
    @Nullable
    String parameter(String name);

    /** A warning or a note that is no error. */
    void notice(Diagnostic notice);

    /** A run-time parameter has this value now. */
    void parameter(ParameterStatus parameter);

    /** Another session, or this one, called NOTIFY on a channel that this session listens to. */
    void notification(NotificationResponse notification);

    /** The connection was lost, and not closed: what serves its address next may be another server. */
    default void lost() {}

    /** The server has failed a request; returns what its caller is told. */
    default DatabaseException failed(DatabaseException failure) {
        return failure;
    }

    /**
     * The server has ended a segment, with the transaction in this state.
     *
     * @param isLast whether it waits for the next one, because none was sent behind it
     */
    void ready(TransactionStatus status, boolean isLast);
}
