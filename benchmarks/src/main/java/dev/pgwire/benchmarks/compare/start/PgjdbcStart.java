package dev.pgwire.benchmarks.compare.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The first row with pgjdbc. */
public final class PgjdbcStart {
    private PgjdbcStart() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) throws SQLException {
        String url = "jdbc:postgresql://" + arguments[0] + ":" + arguments[1] + "/" + arguments[3] + "?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, arguments[2], System.getenv("PGPASSWORD"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
            System.out.println(result.getInt(1));
        }
    }
}
