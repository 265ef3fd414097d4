package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.recipes.Geometry;
import dev.pgwire.recipes.HalfVectorCodec;
import dev.pgwire.recipes.JacksonCodec;
import dev.pgwire.recipes.SparseVector;
import dev.pgwire.recipes.VectorCodec;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader pastes from the page is what is compiled and tested here. */
class RecipesIT {
    private static final Path SOURCES = Path.of("src/test/java/dev/pgwire/recipes");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Theme(String color, int size) {}

    @Test
    void theFilesOnThePageAreThoseOfThePackage() throws IOException {
        Set<String> sources;
        try (Stream<Path> files = Files.list(SOURCES)) {
            sources = files.map(RecipesIT::withoutPackage).collect(Collectors.toSet());
        }
        assertTrue(sources.size() >= 5, SOURCES.toString());
        assertEquals(sources, Set.copyOf(Page.recipes().files()));
    }

    private static String withoutPackage(Path file) {
        try {
            return Files.readString(file)
                    .replace("package dev.pgwire.recipes;\n\n", "")
                    .stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect(Codec<?> codec) {
        return Postgres.connect(Config.parse(TestServer.shared().dsn()).toBuilder()
                .codec("jsonb", codec)
                .build());
    }

    @Test
    void documentsAreReadInBothFormatsAndInArrays() {
        Theme theme = new Theme("réd \"x\"", 12);
        try (Connection conn = connect(new JacksonCodec<>(MAPPER, Theme.class))) {
            conn.execute(
                    "CREATE TEMP TABLE themes AS SELECT $1::jsonb AS one, $2::jsonb[] AS many, NULL::jsonb AS none",
                    theme,
                    Arrays.asList(theme, null));
            for (Row row : List.of(
                    conn.execute("TABLE themes").fetchOne(),
                    conn.cursor().executeSimple("TABLE themes").fetchOne())) {
                assertEquals(theme, row.get(0));
                assertEquals(Arrays.asList(theme, null), row.get(1));
                assertTrue(row.isNull(2));
                assertEquals("{\"size\": 12, \"color\": \"réd \\\"x\\\"\"}", row.getString(0));
            }
        }
    }

    @Test
    void aDocumentThatIsNoneOfTheClassIsRefused() {
        try (Connection conn = connect(new JacksonCodec<>(MAPPER, Theme.class))) {
            for (String document : List.of("null", "[1]", "{\"other\": 1}")) {
                Row row = conn.execute("SELECT $1::jsonb AS theme", document).fetchOne();
                String refused =
                        assertThrows(DataException.class, () -> row.get(0)).getMessage();
                assertTrue(refused.contains("\"theme\" (jsonb)"), refused);
            }
        }
    }

    @Test
    void treesAreWhatTheServerPrints() throws IOException {
        try (Connection conn = connect(new JacksonCodec<>(MAPPER, JsonNode.class))) {
            for (String document : List.of("null", "1", "\"ä\"", "[]", "{}", "[1, {\"a\": [true, null]}]")) {
                JsonNode tree = MAPPER.readTree(document);
                Row row =
                        conn.execute("SELECT $1::jsonb, $1::jsonb::text", tree).fetchOne();
                assertEquals(tree, row.get(0));
                assertEquals(document, row.getString(1));
            }
            assertEquals(
                    NullNode.getInstance(),
                    conn.execute("SELECT 'null'::jsonb").fetchOne().get(0));
        }
    }

    @Test
    void whateverBytesComeTheCodecsEndWithAValueOrAnException() {
        Random random = Seed.take().random();
        for (Codec<?> codec : List.of(
                Geometry.CODEC,
                new VectorCodec(),
                new HalfVectorCodec(),
                SparseVector.CODEC,
                new JacksonCodec<>(MAPPER, JsonNode.class))) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
                for (int at = 0; at < bytes.length; at++) {
                    // Small numbers are likelier to be counts and types.
                    bytes[at] = random.nextInt(3) > 0 ? (byte) random.nextInt(4) : bytes[at];
                }
                try {
                    codec.read(FieldReader.of(bytes));
                } catch (RuntimeException refused) {
                    // The driver makes a DataException of it.
                }
            }
        }
    }
}
