package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.ConnectionInfo;
import dev.pgwire.Postgres;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.Test;

class ConnectionInfoIT {
    @Test
    void itSaysWhatTheServerWouldAnswer() {
        TestServer server = TestServer.shared();
        try (Connection conn = Postgres.connect(server.dsn("application_name=info"))) {
            ConnectionInfo info = conn.info();
            Row row = conn.execute("SELECT current_user, current_database(), current_setting('server_version'),"
                            + " current_setting('server_version_num')::int, pg_backend_pid(), inet_server_port(),"
                            + " host(inet_server_addr())")
                    .fetchOne();
            assertEquals(row.getString(0), info.user());
            assertEquals(row.getString(1), info.database());
            assertEquals(row.getString(2), info.serverVersion());
            assertEquals(row.getInt(3), info.serverVersionNumber());
            assertEquals(row.getInt(4), info.processId());
            assertEquals(row.getInt(5), info.port());
            assertEquals(row.getString(6), info.address());
            assertEquals(server.host(), info.host());
            assertEquals("nio", info.transport());
            assertEquals("info", info.parameters().get("application_name"));
            assertThrows(
                    UnsupportedOperationException.class, () -> info.parameters().clear());
            assertEquals(TransactionStatus.IDLE, info.transactionStatus());
            conn.begin();
            conn.execute("SELECT 1");
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.info().transactionStatus());
            conn.rollback();
            if (!info.isEncrypted()) {
                assertNull(info.cipher());
            }
            assertFalse(info.toString().contains("password="));
        }
    }
}
