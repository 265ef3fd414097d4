package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * An error with a SQLSTATE. Most come from the server and carry every field of its ErrorResponse; a few are found by
 * the driver itself under the SQLSTATE that the server would use, and then {@link #diagnostic()} is null.
 *
 * <p>Itself it stands for the SQLSTATE classes that have no subclass here. Source: PostgreSQL manual, 54.8 Error and
 * Notice Message Fields, and appendix A (PostgreSQL Error Codes).
 */
public class DatabaseException extends PgException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String sql;
    private @Nullable TransactionOutcome outcome;
    private @Nullable String place;
    private String addition = "";
    private @Nullable String ownHint;
    /** Whether it says that a type cannot be had as a class, whatever the value. */
    private boolean ofTypes;

    // Not part of the serialized form: the message already says what it says.
    private final transient @Nullable Diagnostic diagnostic;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public DatabaseException(Diagnostic diagnostic, @Nullable String sql) {
        super(ErrorReport.message(diagnostic, sql));
        this.sqlState = diagnostic.sqlState();
        this.sql = sql;
        this.diagnostic = diagnostic;
    }

    /**
     * An error that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public DatabaseException(String sqlState, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
        this.sql = null;
        this.diagnostic = null;
    }

    /** What the server reported, said in other words. */
    DatabaseException(String message, DatabaseException said) {
        super(message, said);
        this.sqlState = said.sqlState;
        this.sql = said.sql;
        this.diagnostic = said.diagnostic;
        this.place = said.place;
        this.addition = said.addition;
        this.ownHint = said.ownHint;
    }

    /**
     * The SQLSTATE.
     *
     * @return five characters, see {@link SqlState}
     */
    public String sqlState() {
        return sqlState;
    }

    /**
     * The name of the SQLSTATE, as {@code EXCEPTION WHEN} of PL/pgSQL has it.
     *
     * @return such as {@code unique_violation}; null for a code that PostgreSQL has not given out, such as one that a function made up
     */
    public @Nullable String conditionName() {
        return SqlState.conditionName(sqlState);
    }

    /**
     * What the server said, field by field.
     *
     * @return null when the driver itself found the error
     */
    public @Nullable Diagnostic diagnostic() {
        return diagnostic;
    }

    /**
     * The statement that failed.
     *
     * @return null when there was none, or when it is not known
     */
    public @Nullable String sql() {
        return sql;
    }

    /**
     * Which one failed of several statements that were sent together, or of several executions: {@code statement 3 of the
     * pipeline}, counted from 1, {@code set 17 of executeMany} or {@code row 17 of insertMany}, counted from 0, or {@code one of
     * the rows 0 to 3999 of insertMany} if they went together. The last line of the message says it too.
     *
     * @return null when there was only one, or nothing tells which
     */
    public @Nullable String place() {
        return place;
    }

    /**
     * What has become of the transaction, if this is the loss of the connection in a COMMIT, and the server was asked for it afterwards, see
     * {@link dev.pgwire.config.CommitOutcome}.
     *
     * @return null if it was not asked for, or this is another failure
     */
    public @Nullable TransactionOutcome transactionOutcome() {
        return outcome;
    }

    /** Says what has become of the transaction, before the caller sees the exception. */
    void outcome(TransactionOutcome found) {
        outcome = found;
        add("OUTCOME: "
                + switch (found) {
                    case COMMITTED -> "the transaction was committed";
                    case ABORTED -> "the transaction was not committed";
                    case UNKNOWN -> "it is not known whether the transaction was committed";
                });
    }

    /** Says what the driver suggests, before the caller sees the exception. */
    void hint(String hint) {
        this.ownHint = hint;
    }

    /** Adds a line that the driver knows, before the caller sees the exception. */
    void add(String line) {
        addition = addition + "\n" + line;
    }

    /** Says that it is about types, before the caller sees the exception. */
    void ofTypes() {
        ofTypes = true;
    }

    boolean isOfTypes() {
        return ofTypes;
    }

    void explain(String lines) {
        ofTypes = false;
        add(lines);
    }

    /** Says which one failed, before the caller sees the exception. */
    void place(@Nullable String place) {
        this.place = place;
    }

    @Override
    public @Nullable String getMessage() {
        String message = super.getMessage();
        if (ownHint != null) {
            message = message + "\nHINT: " + ownHint;
        }
        message = message + addition;
        return place == null ? message : message + "\nIN: " + place;
    }

    /**
     * Whether the same transaction, run again from its beginning, may well succeed.
     *
     * @return true for a serialization failure (40001) and a deadlock (40P01)
     */
    public boolean isRetryable() {
        return sqlState.equals(SqlState.SERIALIZATION_FAILURE) || sqlState.equals(SqlState.DEADLOCK_DETECTED);
    }

    /**
     * How bad it is.
     *
     * @return "ERROR", "FATAL" or "PANIC", in English whatever lc_messages says
     */
    public String severity() {
        return diagnostic == null ? "ERROR" : diagnostic.severity();
    }

    /**
     * The second sentence of the server: what exactly.
     *
     * @return null when the server gave none
     */
    public @Nullable String detail() {
        return diagnostic == null ? null : diagnostic.detail();
    }

    /**
     * What the server suggests to do, or what the driver does where the server gives no hint.
     *
     * @return null when there is none
     */
    public @Nullable String hint() {
        String said = diagnostic == null ? null : diagnostic.hint();
        return said == null ? ownHint : said;
    }

    /**
     * Where in functions and commands the server was, the innermost first.
     *
     * @return null when the server gave none
     */
    public @Nullable String where() {
        return diagnostic == null ? null : diagnostic.where();
    }

    /**
     * Where in {@link #sql()} the error is.
     *
     * @return the number of the character (code point), counted from 1; 0 when unknown
     */
    public int position() {
        return diagnostic == null ? 0 : diagnostic.position();
    }

    /**
     * The schema of the object that the error is about.
     *
     * @return null when the server named none
     */
    public @Nullable String schema() {
        return diagnostic == null ? null : diagnostic.schema();
    }

    /**
     * The table that the error is about.
     *
     * @return null when the server named none
     */
    public @Nullable String table() {
        return diagnostic == null ? null : diagnostic.table();
    }

    /**
     * The column that the error is about.
     *
     * @return null when the server named none
     */
    public @Nullable String column() {
        return diagnostic == null ? null : diagnostic.column();
    }

    /**
     * The data type that the error is about.
     *
     * @return null when the server named none
     */
    public @Nullable String dataType() {
        return diagnostic == null ? null : diagnostic.dataType();
    }

    /**
     * The constraint that was violated; unique indexes count as constraints.
     *
     * @return null when the server named none
     */
    public @Nullable String constraint() {
        return diagnostic == null ? null : diagnostic.constraint();
    }

    /**
     * The error as psql prints it in its default verbosity, position, detail, hint and context included.
     *
     * @return one or more lines, without a newline at the end
     */
    public String report() {
        return diagnostic == null ? "ERROR:  " + getMessage() : ErrorReport.psql(diagnostic, sql);
    }
}
