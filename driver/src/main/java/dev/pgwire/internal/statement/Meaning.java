package dev.pgwire.internal.statement;

import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.TransactionStatus;
import java.util.Set;

/**
 * Watches for what this session does that changes the meaning of texts, and has the session forget what it knows of them
 * before the next statement: which objects the names in a text find, and how its literals are read. What was changed in a
 * transaction may be undone when that ends, by ROLLBACK as by the end of a SET LOCAL, so then all is forgotten once more.
 *
 * <p>What a function does that a SELECT calls is not seen, unless the server reports it as a changed parameter.
 */
public final class Meaning {
    private final StatementCache statements;
    private final DatabaseTypes types;
    /** The first words of commands that may change a type which is known. */
    private static final Set<String> CHANGING_TYPES = Set.of("ALTER", "DROP");

    /** The first words of commands that may prepare a statement under a name of the program's own. */
    private static final Set<String> PREPARING = Set.of("PREPARE", "DO", "CALL");

    /** Whether something has changed that the end of the transaction may undo. */
    private boolean undoable;
    /** Whether that may be a type. */
    private boolean retypes;
    /** Whether a text may have left something in the session. */
    private boolean traces;
    /** Whether a text may have prepared a statement. */
    private boolean prepared;

    public Meaning(StatementCache statements, DatabaseTypes types) {
        this.statements = statements;
        this.types = types;
    }

    /** A text is about to be sent. */
    public void sends(SqlShape shape) {
        if (shape.leavesTraces()) {
            traces = true;
            if (shape.hasSeveralStatements() || PREPARING.contains(shape.firstWord())) {
                prepared = true;
            }
        }
        if (shape.changesMeaning()) {
            if (CHANGING_TYPES.contains(shape.firstWord())) {
                retypes = true;
            }
            changes();
        } else if (shape.endsTransaction() && undoable) {
            forget();
        }
    }

    /** Whether a text may have left something in the session, since this was asked last. */
    public boolean takeTraces() {
        boolean left = traces;
        traces = false;
        return left;
    }

    /** Whether a text may have prepared a statement with SQL's PREPARE, since this was asked last. */
    public boolean takePrepared() {
        boolean left = prepared;
        prepared = false;
        return left;
    }

    /** A command of the session's own is about to be sent; it changes nothing but what ROLLBACK TO SAVEPOINT undoes. */
    public void sendsCommand(String command) {
        if (undoable && command.startsWith("ROLLBACK")) {
            forget();
        }
    }

    /** Something has changed, or is about to. */
    public void changes() {
        forget();
        undoable = true;
    }

    /** The program has sent what it liked: whatever a text could do may have been done. */
    public void sentAnything() {
        traces = true;
        prepared = true;
        retypes = true;
        changes();
    }

    /** The connection was lost. */
    public void lost() {
        types.leave();
    }

    /** Nothing that names find is known any more. */
    public void forget() {
        statements.dropAll();
        types.forgetNames();
        if (retypes) {
            types.noticeChange();
        }
    }

    /** ReadyForQuery came, behind all that was sent. */
    public void ready(TransactionStatus status) {
        if (undoable && status == TransactionStatus.IDLE) {
            forget();
            undoable = false;
            retypes = false;
        }
    }
}
