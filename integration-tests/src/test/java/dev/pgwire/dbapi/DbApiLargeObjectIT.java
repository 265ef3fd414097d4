package dev.pgwire.dbapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.LargeObject;
import dev.pgwire.LargeObjectMode;
import dev.pgwire.LargeObjects;
import dev.pgwire.Postgres;
import dev.pgwire.Whence;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The large objects of psycopg2. Each test rolls back. */
class DbApiLargeObjectIT {
    private Connection conn;
    private LargeObjects objects;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.autocommit(false);
        objects = conn.largeObjects();
    }

    @AfterEach
    void disconnect() {
        conn.rollback();
        conn.close();
    }

    private LargeObject greeting() {
        LargeObject object = objects.open(objects.create(), LargeObjectMode.READ_WRITE);
        object.write("hello world".getBytes(UTF_8));
        object.seek(0, Whence.START);
        return object;
    }

    /** {@code lobject(0)} makes one and opens it, which are two calls here; {@code new_oid} is an argument of the first. */
    @Test
    @Psycopg({"connection.lobject", "lobject.oid", "lobject.mode"})
    void aLargeObjectIsMadeAndOpened() {
        long oid = objects.create();
        LargeObject object = objects.open(oid, LargeObjectMode.READ);
        assertEquals(oid, object.oid());
        assertEquals(LargeObjectMode.READ, object.mode());
        assertThrows(InterfaceException.class, () -> object.write(new byte[1]));
        assertEquals(
                1,
                conn.execute("SELECT FROM pg_largeobject_metadata WHERE oid = $1", oid)
                        .rowCount());
    }

    @Test
    @Psycopg({"lobject.read", "lobject.write"})
    void itIsReadAndWritten() {
        LargeObject object = greeting();
        assertEquals("hello", new String(object.read(5), UTF_8));
        assertEquals(" world", new String(object.read(1_000), UTF_8));
        assertEquals(0, object.read(1).length);
        assertEquals(1, object.write(new byte[] {33}));
        assertEquals(12, object.size());
    }

    @Test
    @Psycopg({"lobject.seek", "lobject.tell"})
    void aPlaceIsSoughtAndTold() {
        LargeObject object = greeting();
        assertEquals(8, object.seek(-3, Whence.END));
        assertEquals(8, object.position());
        assertEquals("rld", new String(object.read(10), UTF_8));
        assertEquals(9, object.seek(-2, Whence.CURRENT));
        assertEquals(5_000_000_000L, object.seek(5_000_000_000L, Whence.START));
        assertEquals(5_000_000_000L, object.position());
    }

    /** As a channel of Java has it, truncate makes nothing longer; resize is what psycopg2 has. */
    @Test
    @Psycopg("lobject.truncate")
    void itIsCutOff() {
        LargeObject object = greeting();
        object.truncate(5);
        assertEquals(5, object.size());
        object.resize(7);
        object.seek(0, Whence.START);
        assertEquals("hello\0\0", new String(object.read(10), UTF_8));
    }

    /** {@code new_file} of psycopg2 is importFrom. */
    @Test
    @Psycopg("lobject.export")
    void filesComeAndGo(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("in"), "hello".getBytes(UTF_8));
        long oid = objects.importFrom(file);
        assertEquals(5, objects.exportTo(oid, directory.resolve("out")));
        assertEquals("hello", Files.readString(directory.resolve("out")));
    }

    @Test
    @Psycopg({"lobject.close", "lobject.closed"})
    void oneThatIsClosedRefusesWhatIsAskedOfIt() {
        LargeObject object = greeting();
        assertTrue(object.isOpen());
        object.close();
        assertFalse(object.isOpen());
        assertThrows(InterfaceException.class, () -> object.read(1));
        object.close();
        LargeObject left = greeting();
        conn.rollback();
        assertFalse(left.isOpen());
        assertThrows(InterfaceException.class, left::position);
    }

    @Test
    @Psycopg("lobject.unlink")
    void itIsDropped() {
        LargeObject object = greeting();
        object.close();
        objects.unlink(object.oid());
        assertThrows(PgException.class, () -> objects.open(object.oid(), LargeObjectMode.READ));
    }
}
