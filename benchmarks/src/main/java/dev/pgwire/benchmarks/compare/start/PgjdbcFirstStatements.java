package dev.pgwire.benchmarks.compare.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** The first statements with pgjdbc. */
public final class PgjdbcFirstStatements {
    private PgjdbcFirstStatements() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:postgresql://" + arguments[0] + ":" + arguments[1] + "/" + arguments[3]
                + "?sslmode=disable&prepareThreshold=-1";
        try (Connection connection = DriverManager.getConnection(url, arguments[2], System.getenv("PGPASSWORD"));
                PreparedStatement statement = connection.prepareStatement("SELECT v FROM point WHERE k = ?")) {
            FirstStatementKeys.run(key -> {
                statement.setInt(1, key);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getString(1);
                }
            });
        }
    }
}
