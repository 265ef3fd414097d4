package dev.pgwire.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** Of a recording: a statement, or a COPY. */
@Name("pgwire.Statement")
@Label("Statement")
@Category("PostgreSQL")
@Description("A statement, from its turn to the end of its answer")
@StackTrace(false)
@Threshold("10 ms")
final class StatementEvent extends Event {
    @Label("Kind")
    @Description("How it is run: STATEMENT, BATCH, COPY_IN and so on")
    @Nullable
    String kind;

    @Label("SQL")
    @Nullable
    String sql;

    @Label("Server")
    @Nullable
    String server;

    @Label("Database")
    @Nullable
    String database;

    @Label("Process Id")
    @Description("Of the server process")
    long processId;

    @Label("Rows")
    @Description("How many it has returned or changed; -1 if it counts none")
    long rows;

    @Label("Failure")
    @Description("Why it has failed; null if it has not")
    @Nullable
    String failure;
}
