package dev.pgwire.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Of a recording: a session is begun. */
@Name("pgwire.Connect")
@Label("Connect")
@Category("PostgreSQL")
@Description("A session was begun with a server, or could not be")
final class ConnectionEvent extends Event {
    @Label("Server")
    @Description("Null if none was found")
    @Nullable
    String server;

    @Label("Database")
    @Nullable
    String database;

    @Label("Failure")
    @Description("Why there is no session; null if there is one")
    @Nullable
    String failure;
}
