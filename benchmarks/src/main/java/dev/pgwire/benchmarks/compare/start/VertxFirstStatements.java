package dev.pgwire.benchmarks.compare.start;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** The first statements with vertx-pg-client. */
public final class VertxFirstStatements {
    private VertxFirstStatements() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) throws Exception {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(arguments[0])
                .setPort(Integer.parseInt(arguments[1]))
                .setUser(arguments[2])
                .setDatabase(arguments[3])
                .setSslMode(SslMode.DISABLE)
                .setCachePreparedStatements(true);
        String password = System.getenv("PGPASSWORD");
        if (password != null) {
            options.setPassword(password);
        }
        PreparedQuery<RowSet<Row>> query = PgConnection.connect(Vertx.vertx(), options)
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .preparedQuery("SELECT v FROM point WHERE k = $1");
        FirstStatementKeys.run(key -> query.execute(Tuple.of(key))
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .iterator()
                .next()
                .getString(0));
        // Its threads would keep the process.
        System.exit(0);
    }
}
