package dev.pgwire.internal.upkeep;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.transaction.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session back to what it was when it began: rolls back, and resets the server's side of it in one round trip. That does what
 * DISCARD ALL does (PostgreSQL manual, DISCARD), but for the prepared statements. They are forgotten only where something was reset
 * that their meaning may depend on, or where a PREPARE of the program's own may have left others.
 */
public final class SessionReset extends Procedure<@Nullable Void> {
    /** What the meaning of a statement depends on, and whether there may be temporary tables, which hide others. */
    private static final String MEANING = """
            SELECT pg_catalog.concat_ws('/', SESSION_USER, CURRENT_USER, \
            pg_catalog.current_setting('search_path'), \
            pg_catalog.current_setting('DateStyle'), \
            pg_catalog.current_setting('IntervalStyle'), \
            pg_catalog.current_setting('TimeZone'), \
            pg_catalog.current_setting('timezone_abbreviations'), \
            pg_catalog.current_setting('standard_conforming_strings'), \
            pg_catalog.current_setting('backslash_quote'), \
            pg_catalog.current_setting('array_nulls'), \
            pg_catalog.current_setting('transform_null_equals'), \
            pg_catalog.current_setting('xmloption'), \
            pg_catalog.current_setting('lc_monetary'), \
            pg_catalog.current_setting('default_text_search_config'), \
            pg_catalog.pg_my_temp_schema())""";

    private static final String COMMANDS = MEANING
            + "; CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; UNLISTEN *;"
            + " SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP; ";

    private static final String KEEPING_STATEMENTS = COMMANDS + MEANING;
    private static final String DROPPING_STATEMENTS = COMMANDS + "DEALLOCATE ALL; " + MEANING;

    private static final String NO_TEMP_SCHEMA = "/0";

    private @Nullable Procedure<@Nullable String> rollback;
    private @Nullable OwnCommand commands;
    private boolean dropsStatements;

    private final Runnable begins;

    private SessionReset(Dispatch dispatch, Runnable begins) {
        super(dispatch);
        this.begins = begins;
    }

    /**
     * The reset of a session that has nothing open and nothing queued.
     *
     * @param begins is run first, when it is its turn and no BEGIN is due any more
     */
    public static Procedure<@Nullable Void> of(Dispatch dispatch, Runnable begins) {
        return new SessionReset(dispatch, begins);
    }

    @Override
    protected boolean proceed() {
        Procedure<@Nullable String> rolledBack = rollback;
        OwnCommand sent = commands;
        if (rolledBack == null) {
            dispatch().due().always(null);
            begins.run();
            dispatch().server().reset();
            rollback = first(TransactionEnd.of(dispatch(), "ROLLBACK", ServerState.ANY_TRANSACTION));
        } else if (sent == null) {
            rolledBack.result();
            // A DateStyle that RESET has brought back is reported by the server, and seen to as after any other RESET.
            dropsStatements = dispatch().meaning().takePrepared();
            commands =
                    first(OwnCommand.several(dispatch(), dropsStatements ? DROPPING_STATEMENTS : KEEPING_STATEMENTS));
        } else {
            if (!keepsMeaning(sent.result()) || dropsStatements) {
                dispatch().meaning().forget();
            }
            // What came before the session listened no more.
            dispatch().server().reset();
            return over(null);
        }
        return false;
    }

    /** Whether prepared statements keep their meaning, as the results of the commands tell. */
    private static boolean keepsMeaning(Results results) {
        String before = text(results.current());
        while (results.hasNext()) {
            results.advance();
        }
        return before != null && before.endsWith(NO_TEMP_SCHEMA) && before.equals(text(results.current()));
    }

    /** The value in the first row of a result; null if there is none. */
    public static @Nullable String text(@Nullable Result result) {
        RowPage page = result == null ? null : result.poll();
        RowPlan plan = result == null ? null : result.plan();
        if (page == null || plan == null) {
            return null;
        }
        PageRow row = page.keep(plan, 0);
        return row.getString(0);
    }
}
