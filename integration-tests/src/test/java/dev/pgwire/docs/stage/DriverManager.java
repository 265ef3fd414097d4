package dev.pgwire.docs.stage;

import dev.pgwire.config.Config;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Stands in a snippet for that of JDBC: whatever the URL says, it leads to the test server. */
public final class DriverManager {
    private DriverManager() {}

    /** Takes the server from the {@link Stage}. */
    public static Connection getConnection(String url) throws SQLException {
        Config here = Stage.current().here(Config.parse(""));
        Properties properties = new Properties();
        properties.setProperty("user", here.user());
        properties.setProperty("options", here.options());
        String password = here.password(here.hosts().get(0));
        if (password != null) {
            properties.setProperty("password", password);
        }
        return java.sql.DriverManager.getConnection(
                "jdbc:postgresql://" + here.hosts().get(0).shownName() + ":"
                        + here.hosts().get(0).port() + "/" + here.database(),
                properties);
    }

    /** The same, for any user. */
    public static Connection getConnection(String url, String user, String password) throws SQLException {
        return getConnection(url);
    }
}
