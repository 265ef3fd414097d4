package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of a program's classes where the server does not say what a statement takes: they are declared as their types. */
class DeclaredCodecIT {
    /** What a text is inside: the codec adds a sign, which shows that it was at work. */
    record Word(String text) {}

    /** A codec of words, for a type whose bytes are its text. */
    private static final Codec<Word> WORDS = new Codec<>() {
        @Override
        public Class<Word> javaType() {
            return Word.class;
        }

        @Override
        public Word read(FieldReader in) {
            return new Word(in.readUtf8(in.remaining()));
        }

        @Override
        public void write(Word value, FieldWriter out) {
            out.writeUtf8(value.text());
        }

        @Override
        public Word parse(String text) {
            return new Word(text);
        }
    };

    private final StringBuilder trace = new StringBuilder();
    private Connection maker;

    @BeforeEach
    void makeTypes() {
        maker = Postgres.connect(TestServer.shared().dsn());
        maker.execute("DROP SCHEMA IF EXISTS declared CASCADE");
        maker.execute("CREATE SCHEMA declared");
        maker.execute("CREATE TYPE declared.\"odd \"\"word\" AS ENUM ('glad', 'sad')");
    }

    @AfterEach
    void dropTypes() {
        maker.execute("DROP SCHEMA declared CASCADE");
        maker.close();
    }

    private Connection connect(String type) {
        Connection conn = Postgres.connect(Config.parse(TestServer.shared().dsn()).toBuilder()
                .prepare(Prepare.NEVER)
                .codec(type, WORDS)
                .trace(trace)
                .build());
        trace.setLength(0);
        return conn;
    }

    private long queries() {
        return trace.toString()
                .lines()
                .filter(line -> line.contains("\tQuery\t"))
                .count();
    }

    @Test
    void aTypeOfTheDatabaseIsLookedUpByItsNameOnce() {
        for (String name : List.of("odd \"word", "declared.odd \"word")) {
            try (Connection conn = connect(name)) {
                for (int i = 0; i < 2; i++) {
                    Cursor cur = conn.execute("SELECT pg_typeof($1)::text, $1", new Word("glad"));
                    assertEquals("declared.\"odd \"\"word\"", cur.fetchOne().getString(0));
                    assertEquals(1, queries());
                }
                assertEquals(
                        new Word("sad"),
                        conn.execute("SELECT $1, $2", new Word("sad"), null)
                                .fetchOne()
                                .get(0));
            }
        }
    }

    @Test
    void aBuiltInTypeIsDeclaredToo() {
        try (Connection conn = connect("text")) {
            assertEquals(
                    new Word("x"),
                    conn.execute("SELECT $1", new Word("x")).fetchOne().get(0));
        }
    }

    @Test
    void whatTheServerHasNotIsRefusedUntilASessionMakesIt() {
        try (Connection conn = connect("declared.nothing")) {
            for (int i = 1; i <= 2; i++) {
                DataException refused = assertThrows(DataException.class, () -> typeOf(conn));
                assertTrue(refused.getMessage().contains("cannot take a Word"), refused.getMessage());
                assertEquals(i, queries());
            }
            assertEquals("x", conn.execute("SELECT $1", "x").fetchOne().get(0));
            maker.execute("CREATE TYPE declared.nothing AS ENUM ('glad')");
            assertEquals("declared.nothing", typeOf(conn));
            assertEquals("declared.nothing", typeOf(conn));
            assertEquals(3, queries());
        }
    }

    @Test
    void aTypeThatAnotherSessionMakesAnewIsNoticed() {
        try (Connection conn = connect("declared.anew")) {
            maker.execute("CREATE TYPE declared.anew AS ENUM ('glad')");
            assertEquals("declared.anew", typeOf(conn));
            maker.execute("DROP TYPE declared.anew");
            maker.execute("CREATE TYPE declared.anew AS ENUM ('glad')");
            assertThrows(DatabaseException.class, () -> typeOf(conn));
            assertEquals("declared.anew", typeOf(conn));
            maker.execute("DROP TYPE declared.anew");
            maker.execute("CREATE TYPE declared.anew AS ENUM ('glad')");
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("SELECT $1", new Word("glad"));
                assertThrows(DatabaseException.class, pipeline::sync);
                Cursor again = pipeline.execute("SELECT pg_typeof($1)::text", new Word("glad"));
                pipeline.sync();
                assertEquals("declared.anew", again.fetchOne().getString(0));
            }
        }
    }

    @Test
    void aTypeThatIsRolledBackIsForgotten() {
        try (Connection conn = connect("declared.undone")) {
            conn.autocommit(false);
            for (int i = 0; i < 2; i++) {
                conn.execute("CREATE TYPE declared.undone AS ENUM ('glad')");
                assertEquals("declared.undone", typeOf(conn));
                conn.rollback();
            }
            conn.execute("SAVEPOINT before");
            conn.execute("CREATE TYPE declared.undone AS ENUM ('glad')");
            assertEquals("declared.undone", typeOf(conn));
            conn.execute("ROLLBACK TO SAVEPOINT before");
            assertThrows(DataException.class, () -> typeOf(conn));
        }
    }

    @Test
    void aNameIsLookedForAnewWhereTheSearchPathIsAnother() {
        maker.execute("CREATE TYPE declared.twice AS ENUM ('glad')");
        String sql = "SELECT pg_typeof($1)::oid = 'declared.twice'::regtype::oid";
        try (Connection conn = connect("twice")) {
            conn.execute("CREATE TYPE pg_temp.twice AS ENUM ('glad')");
            assertEquals(false, conn.execute(sql, new Word("glad")).fetchOne().get(0));
            conn.execute("SET search_path = declared, pg_temp");
            assertEquals(true, conn.execute(sql, new Word("glad")).fetchOne().get(0));
            conn.execute("SET search_path = pg_temp");
            assertEquals(false, conn.execute(sql, new Word("glad")).fetchOne().get(0));
            conn.reset();
            assertEquals("declared.twice", typeOf(conn));
        }
    }

    @Test
    void aPipelineAsksInItsOwnTransaction() {
        try (Connection conn = connect("declared.made")) {
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("CREATE DOMAIN declared.made AS text");
                Cursor made = pipeline.execute("SELECT pg_typeof($1)::text, $1::text", new Word("x"));
                Cursor again = pipeline.execute("SELECT $1::text", new Word("y"));
                pipeline.sync();
                assertEquals("declared.made", made.fetchOne().getString(0));
                assertEquals("y", again.fetchOne().getString(0));
            }
            assertEquals(0, queries());
            assertEquals(
                    "z",
                    conn.execute("SELECT $1::text", new Word("z")).fetchOne().getString(0));
        }
    }

    private static String typeOf(Connection conn) {
        return conn.execute("SELECT pg_typeof($1)::text", new Word("glad"))
                .fetchOne()
                .getString(0);
    }

    @Test
    void aStatementThatFailsBeforeTheQuestionSaysNothingOfTheType() {
        try (Connection conn = connect("odd \"word")) {
            Pipeline pipeline = conn.pipeline();
            pipeline.execute("SELECT 1/0");
            pipeline.execute("SELECT $1", new Word("glad"));
            assertThrows(DivisionByZeroException.class, pipeline::sync);
            pipeline.close();
            assertEquals("declared.\"odd \"\"word\"", typeOf(conn));
        }
    }

    @Test
    void aTransactionThatHasFailedSaysNothingOfTheType() {
        try (Connection conn = connect("odd \"word")) {
            conn.execute("BEGIN");
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1/0"));
            Pipeline pipeline = conn.pipeline();
            pipeline.execute("SELECT $1", new Word("glad"));
            assertThrows(InFailedTransactionException.class, pipeline::sync);
            pipeline.close();
            conn.execute("ROLLBACK");
            assertEquals("declared.\"odd \"\"word\"", typeOf(conn));
        }
    }

    @Test
    void aPipelineMayBeginWithIt() {
        try (Connection conn = connect("odd \"word");
                Pipeline pipeline = conn.pipeline()) {
            Cursor first = pipeline.execute("SELECT $1::text", new Word("glad"));
            pipeline.sync();
            assertEquals("glad", first.fetchOne().getString(0));
        }
    }

    record UserId(long value) {}

    @Test
    void aConversionIsMadeBeforeTheServerInfers() {
        try (Connection conn = connect("text")) {
            conn.conversion(Conversion.of(UserId.class, Long.class, UserId::new, UserId::value));
            assertEquals(
                    new UserId(8),
                    conn.execute("SELECT $1::int8 + 1", new UserId(7))
                            .fetchOne()
                            .get(0, UserId.class));
            assertEquals(
                    true,
                    conn.execute("SELECT 7 = ANY($1)", List.of(new UserId(7)))
                            .fetchOne()
                            .get(0));
        }
    }

    @Test
    void inABatchTheServerSaysWhatItTakes() {
        maker.execute("CREATE TABLE declared.t (w declared.\"odd \"\"word\")");
        try (Connection conn = connect("odd \"word");
                Cursor cur = conn.cursor()) {
            cur.executeMany(
                    "INSERT INTO declared.t VALUES ($1)", List.of(List.of(new Word("glad")), List.of(new Word("sad"))));
            assertEquals(
                    2,
                    conn.execute("SELECT count(*) FROM declared.t").fetchOne().getInt(0));
        }
    }
}
