package dev.pgwire.error;

/**
 * A statement of a pipeline was not executed, because one before it failed: its cause says why, and {@link
 * DatabaseException#place()} of the cause says which. Under SQLSTATE 25P02, what the server would answer in a
 * transaction.
 */
public class PipelineAbortedException extends OperationalException {
    private static final long serialVersionUID = 1L;

    /**
     * An abort that the driver tells of, since the server says nothing about what it skips.
     *
     * @param message what happened, then what was expected
     * @param cause the failure of the statement that failed
     */
    public PipelineAbortedException(String message, PgException cause) {
        super(SqlState.IN_FAILED_SQL_TRANSACTION, message, cause);
    }
}
