package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.laboratory.capture.CaptureRemark;
import dev.pgwire.laboratory.capture.CapturedMessage;
import dev.pgwire.laboratory.capture.Sniffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of what only a server of the distribution does: GSSAPI, and replication for a program of its version. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnifferGssIT {
    private static KerberosRealm realm;

    private Capture capture;

    @BeforeAll
    static void startRealm() throws Exception {
        assumeTrue(KerberosRealm.missing().isEmpty(), "not run: " + KerberosRealm.missing());
        realm = KerberosRealm.start();
        realm.kinit("ada", "secret");
        realm.awaitServer();
        try (Connection admin = Postgres.connect(dsn("user=postgres"))) {
            admin.execute("CREATE ROLE ada LOGIN");
        }
    }

    @AfterAll
    static void stopRealm() throws Exception {
        if (realm != null) {
            realm.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        capture = Capture.of(realm.port());
    }

    @AfterEach
    void end() throws Exception {
        if (capture != null) {
            capture.close();
        }
    }

    /** The name is that of the ticket, the address that of the capture. */
    private static String dsn(String keywords) {
        return realm.dsn() + " hostaddr=127.0.0.1 " + keywords;
    }

    @Test
    void aTicketIsReadAsTsharkReadsIt() throws Exception {
        run(Capture.program("psql"), "-X", "-c", "SELECT 1", "-d", dsn("user=ada gssencmode=disable"));

        TsharkReading.assertAlike(
                capture,
                realm.port(),
                Set.of("AuthenticationGSS", "GSSResponse", "AuthenticationGSSContinue", "AuthenticationOk"));
    }

    @Test
    void whatATicketEncryptsIsSaidToBeEncrypted() throws Exception {
        run(Capture.program("psql"), "-X", "-c", "SELECT 1", "-d", dsn("user=ada gssencmode=require"));

        List<String> names = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        new Sniffer().port(realm.port()).connection("1").read(capture.finish(), event -> {
            if (event instanceof CapturedMessage message) {
                names.add(message.name());
            } else if (event instanceof CaptureRemark remark) {
                remarks.add(remark.text());
            }
        });

        assertEquals(List.of("GSSENCRequest", "GSSENCResponse"), names);
        assertEquals("encrypted from here on: what follows cannot be read", remarks.get(0));
        assertTrue(
                remarks.get(1).matches("encrypted: [0-9]{3,} bytes of the client, [0-9]{3,} bytes of the server"),
                remarks.get(1));
    }

    @Test
    void physicalReplicationIsReadAsTsharkReadsIt() throws Exception {
        String program = Capture.program("pg_receivewal");
        String end;
        try (Connection admin = Postgres.connect(dsn("user=postgres"))) {
            admin.execute("CREATE TABLE logged AS SELECT generate_series(1, 1000) AS id");
            end = admin.execute("SELECT pg_current_wal_lsn()::text").fetchOne().getString(0);
            admin.execute("INSERT INTO logged VALUES (1001)");
        }
        Path wal = Files.createDirectory(capture.beside("wal"));
        // With the ticket that is there for other tests, it would be encrypted.
        run(
                program,
                "-d",
                dsn("user=postgres gssencmode=disable"),
                "-D",
                wal.toString(),
                "--endpos=" + end,
                "--no-loop",
                "--no-sync");

        TsharkReading.assertAlike(
                capture, realm.port(), Set.of("CopyBothResponse", "CopyData", "CopyDone", "CommandComplete"));
    }

    private void run(String... command) throws Exception {
        Path said = capture.beside("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(realm.environment("ada"));
        assertEquals(0, builder.start().waitFor(), () -> TsharkReading.read(said));
    }
}
