package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.ComposedTable;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * pgjdbc. {@code prepareThreshold=-1} asks for binary values from the first execution on, for every type that it can
 * receive so; statements are kept prepared, as it does by itself for those that stay open. To stream it needs a transaction
 * and a fetch size.
 */
class Pgjdbc implements Contestant {
    /** From 500 to 50,000 nothing could be told apart. */
    private static final int FETCH_SIZE = 10_000;
    /** A tenth of it was slower when rewritten, ten times as much not reliably faster. */
    private static final int BATCH = 1_000;

    /** The server should have work while the next rows are written. */
    private static final int COPY_CHUNK = 64 * 1024;

    private final String url;
    private final Properties properties;
    private final Connection connection;
    private final PreparedStatement point;

    Pgjdbc(Address address, boolean rewriteBatches) throws SQLException {
        properties = properties(address);
        properties.setProperty("reWriteBatchedInserts", Boolean.toString(rewriteBatches));
        url = url(address);
        connection = DriverManager.getConnection(url, properties);
        point = connection.prepareStatement(PointTable.select("?"));
    }

    static String url(Address address) {
        return "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
    }

    static Properties properties(Address address) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        properties.setProperty("sslmode", address.sslMode().text());
        properties.setProperty("prepareThreshold", "-1");
        return properties;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public int backend() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String pointSelect(int key) throws SQLException {
        point.setInt(1, key);
        try (ResultSet result = point.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void streamWide(WideValues into) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(WideTable.SELECT)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery()) {
                decode(result, into);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void streamNumbers(WideNumbers into) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(WideTable.SELECT_NUMBERS)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    into.add(result.getInt(1), result.getLong(2), result.getDouble(3), result.getDouble(4));
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void streamComposed(ComposedValues into) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(ComposedTable.SELECT)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String span = result.getString(3);
                    into.add(
                            (Integer[]) result.getArray(1).getArray(),
                            (String[]) result.getArray(2).getArray(),
                            ComposedText.lower(span),
                            ComposedText.upper(span),
                            result.getObject(4, OffsetDateTime.class),
                            ComposedText.item(result.getString(5)));
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public Object fetchWide() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(WideTable.SELECT);
        statement.closeOnCompletion();
        return statement.executeQuery();
    }

    @Override
    public void decodeWide(Object rows, WideValues into) throws SQLException {
        try (ResultSet result = (ResultSet) rows) {
            decode(result, into);
        }
    }

    private static void decode(ResultSet result, WideValues into) throws SQLException {
        while (result.next()) {
            @Nullable String half = result.getString(10);
            into.add(
                    result.getInt(1),
                    result.getLong(2),
                    result.getDouble(3),
                    result.getBigDecimal(4),
                    result.getString(5),
                    result.getBoolean(6),
                    result.getObject(7, OffsetDateTime.class),
                    result.getObject(8, LocalDate.class),
                    result.getObject(9, UUID.class),
                    half);
        }
    }

    @Override
    public void insert(NewRows rows) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(TargetTable.insert("?, ?, ?, ?"))) {
            for (var batch : rows.batches(BATCH)) {
                for (NewRow row : batch) {
                    statement.setInt(1, row.id());
                    statement.setString(2, row.name());
                    statement.setDouble(3, row.value());
                    statement.setObject(4, row.at());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void copy(NewRows rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(TargetTable.COPY);
        StringBuilder text = new StringBuilder(COPY_CHUNK + 256);
        for (NewRow row : rows.rows()) {
            text.append(row.id()).append('\t').append(row.name()).append('\t');
            text.append(row.value()).append('\t').append(row.at()).append('\n');
            if (text.length() >= COPY_CHUNK) {
                send(text, copy);
            }
        }
        send(text, copy);
        copy.endCopy();
    }

    @Override
    public long copyWide() throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(WideTable.COPY, OutputStream.nullOutputStream());
    }

    private static void send(StringBuilder text, CopyIn copy) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    @Override
    public void connectAndClose() throws SQLException {
        DriverManager.getConnection(url, properties).close();
    }

    @Override
    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
