package dev.pgwire.benchmarks.compare.start;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.util.concurrent.ExecutionException;

/** The first row with vertx-pg-client. */
public final class VertxStart {
    private VertxStart() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(arguments[0])
                .setPort(Integer.parseInt(arguments[1]))
                .setUser(arguments[2])
                .setDatabase(arguments[3])
                .setSslMode(SslMode.DISABLE);
        String password = System.getenv("PGPASSWORD");
        if (password != null) {
            options.setPassword(password);
        }
        Integer value = PgConnection.connect(Vertx.vertx(), options)
                .compose(connection -> connection.query("SELECT 1").execute())
                .map(rows -> rows.iterator().next().getInteger(0))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println(value);
        // Its threads would keep the process; to end them one by one takes longer.
        System.exit(0);
    }
}
