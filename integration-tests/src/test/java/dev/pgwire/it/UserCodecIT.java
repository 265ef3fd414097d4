package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Range;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codecs that a program brings along. */
class UserCodecIT {
    /** A document whose text is not looked into. */
    record Document(String text) {}

    record Celsius(double degrees) implements Comparable<Celsius> {
        @Override
        public int compareTo(Celsius other) {
            return Double.compare(degrees, other.degrees);
        }
    }

    static final Codec<Document> DOCUMENTS = new Codec<>() {
        @Override
        public Class<Document> javaType() {
            return Document.class;
        }

        @Override
        public Document read(FieldReader in) {
            if (in.readByte() != 1) {
                throw in.invalid("another version, expected 1");
            }
            return new Document(in.readUtf8(in.remaining()));
        }

        @Override
        public void write(Document value, FieldWriter out) {
            out.writeByte(1);
            out.writeUtf8(value.text());
        }

        @Override
        public Document parse(String text) {
            return new Document(text);
        }
    };

    static final Codec<Celsius> DEGREES = Codec.of(
            Celsius.class, in -> new Celsius(in.readDouble()), (value, out) -> out.writeDouble(value.degrees()));

    private static Config.Builder config() {
        return Config.parse(TestServer.shared().dsn()).toBuilder();
    }

    @Test
    void aTypeOfTheDriverIsReadAndWrittenByIt() {
        try (Connection conn =
                Postgres.connect(config().codec("jsonb", DOCUMENTS).build())) {
            Row row = conn.execute("SELECT $1::jsonb, '[1]'::jsonb, '{1,2}'::int4[]", new Document("{\"a\":1}"))
                    .fetchOne();
            assertEquals(new Document("{\"a\": 1}"), row.get(0));
            assertEquals(new Document("[1]"), row.get(1, Document.class));
            assertEquals(List.of(1, 2), row.get(2));
            // What it does not do, the driver does.
            assertEquals("{\"a\": 1}", row.getString(0));
            assertEquals("[1]", row.get(1, String.class));
            assertEquals(
                    new Document("[2]"),
                    conn.execute("SELECT $1::jsonb", "[2]").fetchOne().get(0));
        }
    }

    @Test
    void arraysAndCompositesAndRangesOfItFollow() {
        try (Connection conn =
                Postgres.connect(config().codec("jsonb", DOCUMENTS).build())) {
            assertEquals(
                    List.of(new Document("1"), new Document("2")),
                    conn.execute("SELECT $1::jsonb[]", List.of(new Document("1"), new Document("2")))
                            .fetchOne()
                            .get(0));
            conn.codec("float8", DEGREES);
            conn.execute("CREATE TYPE pg_temp.weather AS (warmth float8, notes jsonb)");
            conn.execute("CREATE TYPE pg_temp.warmths AS RANGE (subtype = float8)");
            Row weather = conn.execute("SELECT ROW(20.5, '\"mild\"')::weather")
                    .fetchOne()
                    .get(0, Row.class);
            assertEquals(new Celsius(20.5), weather.get("warmth"));
            assertEquals(new Document("\"mild\""), weather.get("notes"));
            Range<Celsius> range = Range.closed(new Celsius(1), new Celsius(2));
            assertEquals(
                    range, conn.execute("SELECT $1::warmths", range).fetchOne().get(0));
            assertTrue(range.contains(new Celsius(1.5)));
        }
    }

    @Test
    void fromThenOnItServesStatementsThatAreKnownAlready() {
        try (Connection conn = Postgres.connect(config().build())) {
            for (int i = 0; i < 3; i++) {
                assertEquals(1.5, conn.execute("SELECT 1.5::float8").fetchOne().get(0));
            }
            conn.codec("float8", DEGREES);
            assertEquals(
                    new Celsius(1.5),
                    conn.execute("SELECT 1.5::float8").fetchOne().get(0));
            assertEquals(1.5, conn.execute("SELECT 1.5::float8").fetchOne().getDouble(0));
        }
    }

    @Test
    void textIsReadOnlyByOneThatDoesThat() {
        try (Connection conn = Postgres.connect(
                config().codec("jsonb", DOCUMENTS).codec("float8", DEGREES).build())) {
            Row row = conn.cursor()
                    .executeSimple("SELECT '[1]'::jsonb, 1.5::float8")
                    .fetchOne();
            assertEquals(new Document("[1]"), row.get(0));
            String refused = assertThrows(DataException.class, () -> row.get(1)).getMessage();
            assertTrue(refused.contains("expected a statement that is prepared, or a codec with parse"), refused);
            assertEquals("1.5", row.getString(1));
        }
    }

    @Test
    void arraysAndRangesOfATypeOfTheDatabaseAreReadInTextToo() {
        Codec<Document> words = new Codec<>() {
            @Override
            public Class<Document> javaType() {
                return Document.class;
            }

            @Override
            public Document read(FieldReader in) {
                return parse(in.readUtf8(in.remaining()));
            }

            @Override
            public void write(Document value, FieldWriter out) {
                out.writeUtf8(value.text());
            }

            @Override
            public Document parse(String text) {
                return new Document(text);
            }
        };
        try (Connection conn = Postgres.connect(config().codec("word", words).build())) {
            conn.execute("CREATE TYPE pg_temp.word AS ENUM ('a', 'b')");
            conn.execute("CREATE TYPE pg_temp.words AS RANGE (subtype = word)");
            String sql = "SELECT '{b,NULL}'::pg_temp.word[], '[a,b]'::pg_temp.words, 'a'::pg_temp.word";
            for (Row row : List.of(
                    conn.execute(sql).fetchOne(),
                    conn.cursor().executeSimple(sql).fetchOne())) {
                assertEquals(Arrays.asList(new Document("b"), null), row.get(0));
                assertEquals(Range.closed(new Document("a"), new Document("b")), row.get(1));
                assertEquals(new Document("a"), row.get(2));
            }
        }
    }

    @Test
    void oneThatFailsGivesADataExceptionThatNamesTheType() {
        Codec<Celsius> greedy =
                Codec.of(Celsius.class, in -> new Celsius(in.readDouble() + in.readInt()), (value, out) -> {
                    throw new IllegalStateException("not today");
                });
        Codec<Celsius> lazy = Codec.of(Celsius.class, in -> new Celsius(in.readFloat()), (value, out) -> {});
        try (Connection conn = Postgres.connect(config().codec("float8", greedy).build())) {
            Row row = conn.execute("SELECT 1.5::float8 AS warmth").fetchOne();
            String tooShort =
                    assertThrows(DataException.class, () -> row.get(0)).getMessage();
            assertTrue(tooShort.contains("\"warmth\" (float8): not a binary float8: it has 0 bytes left"), tooShort);
            DataException unwritten =
                    assertThrows(DataException.class, () -> conn.execute("SELECT $1::float8", new Celsius(1)));
            assertTrue(unwritten.getMessage().contains("parameter $1 (float8)"), unwritten.getMessage());
            assertInstanceOf(IllegalStateException.class, rootOf(unwritten));
            conn.codec("float8", lazy);
            Row again = conn.execute("SELECT 1.5::float8 AS warmth").fetchOne();
            String left = assertThrows(DataException.class, () -> again.get(0)).getMessage();
            assertTrue(left.contains("left 4 bytes"), left);
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Test
    void aTypeThatTheDatabaseHasNotIsNoMatter() {
        try (Connection conn =
                Postgres.connect(config().codec("no_such_type", DEGREES).build())) {
            assertEquals(7, conn.execute("SELECT 7").fetchOne().getInt(0));
            assertEquals(
                    "ab",
                    new String(conn.execute("SELECT 'ab'::unknown").fetchOne().getRaw(0), StandardCharsets.US_ASCII));
        }
    }
}
