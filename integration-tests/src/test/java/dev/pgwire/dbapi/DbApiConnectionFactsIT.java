package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.ConnectionInfo;
import dev.pgwire.Postgres;
import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.notification.Notification;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extensions of psycopg2 to the DB-API, for connections: what a connection tells. */
class DbApiConnectionFactsIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(
                TestServer.shared().dsn("application_name=facts options='-c statement_timeout=1h -c work_mem=1234kB'"));
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private String asked(String expression) {
        return conn.execute("SELECT " + expression).fetchOne().getString(0);
    }

    /** The password is not obscured here but left out. */
    @Test
    @Psycopg({"connection.dsn", "ConnectionInfo.password"})
    void theConnectionStringIsShownWithoutItsPassword() {
        Config config = Config.parse("host=db user=ada password=secret");
        assertFalse(config.toString().contains("secret"));
        assertTrue(config.toString().contains("ada"));
        assertEquals("secret", config.password(config.hosts().get(0)));
        assertEquals(
                conn.config().database(), Config.parse(conn.config().toDsn()).database());
    }

    @Test
    @Psycopg({"connection.get_dsn_parameters", "ConnectionInfo.dsn_parameters", "ConnectionInfo.options"})
    void eachKeywordTellsItsValueAndWhereItIsFrom() {
        List<Setting> settings = conn.config().explain();
        Setting name = settings.stream()
                .filter(setting -> setting.keyword().equals("application_name"))
                .findFirst()
                .orElseThrow();
        assertEquals("facts", name.value());
        assertEquals("connection string", name.source());
        assertTrue(settings.stream()
                .anyMatch(setting ->
                        setting.keyword().equals("options") && setting.value().contains("work_mem=1234kB")));
        assertEquals("1234kB", asked("current_setting('work_mem')"));
    }

    @Test
    @Psycopg({"connection.get_parameter_status", "ConnectionInfo.parameter_status"})
    void theServerReportsParameters() {
        assertEquals("facts", conn.parameter("application_name"));
        assertEquals("on", conn.parameter("standard_conforming_strings"));
        conn.execute("SET TimeZone = 'Europe/Rome'");
        assertEquals("Europe/Rome", conn.parameter("TimeZone"));
        assertEquals("Europe/Rome", conn.info().parameters().get("TimeZone"));
        assertNull(conn.parameter("work_mem"));
    }

    /** libpq's ACTIVE is not seen here: a call returns when its statement is over. UNKNOWN is a connection that is closed. */
    @Test
    @Psycopg({
        "connection.get_transaction_status",
        "connection.status",
        "ConnectionInfo.status",
        "ConnectionInfo.transaction_status"
    })
    void theTransactionStatusIsWhatTheServerToldLast() {
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertFalse(conn.inTransaction());
        conn.autocommit(false);
        conn.execute("SELECT 1");
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        assertTrue(conn.inTransaction());
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
        assertEquals(TransactionStatus.FAILED, conn.info().transactionStatus());
        conn.rollback();
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    @Psycopg({"connection.get_backend_pid", "ConnectionInfo.backend_pid"})
    void theProcessOfTheServerIsKnown() {
        assertEquals(asked("pg_backend_pid()"), String.valueOf(conn.processId()));
        assertEquals(conn.processId(), conn.info().processId());
    }

    /** 30002 for protocol 3.2, where psycopg2 has 3. */
    @Test
    @Psycopg({"connection.protocol_version", "ConnectionInfo.protocol_version"})
    void theVersionOfTheProtocolIsKnown() {
        String dsn = TestServer.shared().dsn("max_protocol_version=3.0");
        try (Connection old = Postgres.connect(dsn)) {
            assertEquals(30000, old.info().protocolVersion());
        }
    }

    @Test
    @Psycopg({"connection.server_version", "ConnectionInfo.server_version"})
    void theVersionOfTheServerIsKnown() {
        assertEquals(asked("current_setting('server_version')"), conn.serverVersion());
        assertEquals(
                asked("current_setting('server_version_num')"),
                String.valueOf(conn.info().serverVersionNumber()));
    }

    /** Only UTF8 is spoken, and Java's strings hold all of it: another encoding is refused, and loses the connection. */
    @Test
    @Psycopg({"connection.encoding", "connection.set_client_encoding"})
    void theEncodingIsUtf8() {
        assertEquals("UTF8", conn.parameter("client_encoding"));
        assertEquals("'ž€😀'", conn.literal(asked("'ž€😀'")));
        String refused = assertThrows(DatabaseException.class, () -> conn.execute("SET client_encoding = 'LATIN1'"))
                .getMessage();
        assertTrue(refused.contains("client_encoding"), refused);
        assertTrue(conn.isClosed());
    }

    @Test
    @Psycopg({
        "connection.info",
        "ConnectionInfo.dbname",
        "ConnectionInfo.user",
        "ConnectionInfo.host",
        "ConnectionInfo.port"
    })
    void theInfoTellsWhereTheConnectionLedTo() {
        ConnectionInfo info = conn.info();
        assertEquals(asked("current_database()"), info.database());
        assertEquals(asked("current_user"), info.user());
        assertEquals(TestServer.shared().host(), info.host());
        assertEquals(asked("host(inet_server_addr())"), info.address());
        assertEquals(asked("inet_server_port()"), String.valueOf(info.port()));
    }

    /** Names of attributes are components of the record: {@code tlsVersion}, {@code cipher}. */
    @Test
    @Psycopg({"ConnectionInfo.ssl_in_use", "ConnectionInfo.ssl_attribute", "ConnectionInfo.ssl_attribute_names"})
    void theInfoTellsOfTls() {
        ConnectionInfo info = conn.info();
        Row row = conn.execute("SELECT ssl, version, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                .fetchOne();
        assertEquals(row.getBoolean("ssl"), info.isEncrypted());
        assertEquals(row.getString("version"), info.tlsVersion());
        assertEquals(row.isNull("cipher"), info.cipher() == null);
    }

    @Test
    @Psycopg({"ConnectionInfo.used_password", "ConnectionInfo.needs_password"})
    void theInfoTellsHowTheRoleHasLoggedIn() {
        try (TestServer server = TestServer.embedded()
                        .hba("host all guarded 127.0.0.1/32 scram-sha-256")
                        .start();
                Connection owner = Postgres.connect(server.dsn())) {
            assertEquals(AuthMethod.NONE, owner.info().authentication());
            owner.execute("CREATE ROLE guarded LOGIN PASSWORD 'secret'");
            try (Connection guarded = Postgres.connect(server.dsn("user=guarded password=secret"))) {
                assertEquals(AuthMethod.SCRAM_SHA_256, guarded.info().authentication());
            }
            assertThrows(
                    InvalidPasswordException.class, () -> Postgres.connect(server.dsn("user=guarded passfile=none")));
        }
    }

    /** psycopg2 keeps libpq's message on the connection. Here there is no connection that has failed, but an exception. */
    @Test
    @Psycopg("ConnectionInfo.error_message")
    void whatWentWrongIsInTheException() {
        CannotConnectException failure = assertThrows(
                CannotConnectException.class, () -> Postgres.connect("host=127.0.0.1 port=1 connect_timeout=10"));
        assertEquals(CannotConnectException.Reason.NOT_REACHED, failure.reason());
        assertTrue(failure.getMessage().contains("127.0.0.1"), failure.getMessage());
    }

    @Test
    @Psycopg({"connection.notifies", "Notify.pid", "Notify.channel", "Notify.payload"})
    void notificationsComeInTheirOrder() {
        conn.listen("dbapi");
        conn.execute("SELECT pg_notify('dbapi', i::text) FROM generate_series(1, 3) i")
                .close();
        int next = 1;
        for (Notification each : conn.notifications(Duration.ZERO)) {
            assertEquals(conn.processId(), each.processId());
            assertEquals("dbapi", each.channel());
            assertEquals(String.valueOf(next++), each.payload());
        }
        assertEquals(4, next);
    }
}
