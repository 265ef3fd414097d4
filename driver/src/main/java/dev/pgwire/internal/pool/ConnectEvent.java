package dev.pgwire.internal.pool;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Of a recording: a connection was made. */
@Name("pgwire.PoolConnect")
@Label("Pool Connect")
@Category({"PostgreSQL", "Pool"})
@Description("A pool made a connection, or tried to")
@StackTrace(false)
final class ConnectEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Failure")
    @Description("Why it could not be made; null if it could")
    @Nullable
    String failure;
}
