package dev.pgwire.benchmarks.compare.contestant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** HikariCP over pgjdbc, as {@link Pgjdbc} sets it: a statement that is prepared again is taken from the connection's cache. */
final class Hikari implements Contestant {
    private static final String POINT = PointTable.select("?");

    private final HikariDataSource pool;

    Hikari(Address address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Pgjdbc.url(address));
        config.setDataSourceProperties(Pgjdbc.properties(address));
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        pool = new HikariDataSource(config);
    }

    @Override
    public int backend() {
        try (Connection connection = pool.getConnection()) {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String pooledSelect(int key) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return select(connection, key);
        }
    }

    @Override
    public String sharedSelect(int key) throws SQLException {
        return pooledSelect(key);
    }

    @Override
    public void sharedTransaction(int one, int other, PointValues into) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            into.add(select(connection, one));
            into.add(select(connection, other));
            connection.commit();
        }
    }

    private static String select(Connection connection, int key) throws SQLException {
        try (PreparedStatement point = connection.prepareStatement(POINT)) {
            point.setInt(1, key);
            try (ResultSet result = point.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    @Override
    public void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
