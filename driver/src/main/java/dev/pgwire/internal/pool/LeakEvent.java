package dev.pgwire.internal.pool;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Of a recording: a connection is not given back. */
@Name("pgwire.PoolLeak")
@Label("Pool Leak")
@Category({"PostgreSQL", "Pool"})
@Description("A borrowed connection is not given back")
@StackTrace(false)
final class LeakEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Borrower")
    @Nullable
    String borrower;

    @Label("First Statement")
    @Nullable
    String sql;
}
