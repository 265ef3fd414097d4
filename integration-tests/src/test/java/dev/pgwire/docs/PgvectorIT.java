package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.it.Pglite;
import dev.pgwire.recipes.HalfVectorCodec;
import dev.pgwire.recipes.SparseVector;
import dev.pgwire.recipes.VectorCodec;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.type.FieldReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The recipe for vectors, and pgvector's opinion of it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgvectorIT {
    static final String SERVER = "pgvector";

    private static Pglite server;

    @BeforeAll
    static void start() throws Exception {
        String missing = Pglite.missing();
        assumeTrue(missing.isEmpty(), missing);
        server = Pglite.start();
        try (Connection conn = Postgres.connect(server.dsn(""))) {
            conn.execute("CREATE EXTENSION vector");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Connection connect() {
        return Postgres.connect(Config.parse(server.dsn("")).toBuilder()
                .codec("vector", new VectorCodec())
                .codec("halfvec", new HalfVectorCodec())
                .codec("sparsevec", SparseVector.CODEC)
                .build());
    }

    @TestFactory
    Stream<DynamicTest> theRecipeDoesWhatThePageSays() {
        return Page.recipes().snippetsOn(SERVER, server.dsn(""));
    }

    /** Numbers of all sizes that a halfvec holds, too. */
    private static float[] vector(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian() * (float) Math.pow(2, random.nextInt(38) - 24);
        }
        return vector;
    }

    @Test
    void whatIsReadIsWhatTheServerPrints() {
        Random random = Seed.take().random();
        try (Connection conn = connect()) {
            for (int i = 0; i < 300; i++) {
                float[] vector = vector(random, 1 + random.nextInt(i % 10 == 0 ? 2_000 : 5));
                Row row = conn.execute(
                                "SELECT $1::vector, ($1::vector)::text, ($1::vector)::halfvec, $2::halfvec, "
                                        + "($2::halfvec)::text",
                                vector,
                                vector)
                        .fetchOne();
                assertArrayEquals(vector, row.get(0, float[].class));
                assertArrayEquals(vector, new VectorCodec().parse(row.getString(1)));
                // The server's own rounding against ours.
                assertArrayEquals(row.get(2, float[].class), row.get(3, float[].class));
                assertArrayEquals(row.get(3, float[].class), new HalfVectorCodec().parse(row.getString(4)));
            }
        }
    }

    @Test
    void everyHalfOfAFloatIsReadAndWritten() {
        try (Connection conn = connect()) {
            int step = 4_096;
            for (int from = 0; from < 1 << 16; from += step) {
                StringBuilder bytes = new StringBuilder();
                int finite = 0;
                for (int half = from; half < from + step; half++) {
                    if ((half & 0x7C00) != 0x7C00) {
                        bytes.append(String.format("%04x", half));
                        finite++;
                    }
                }
                String field = String.format("%04x0000%s", finite, bytes);
                float[] read = conn.execute("SELECT $1::halfvec", new HalfVectorCodec().read(field(field)))
                        .fetchScalar(float[].class);
                assertEquals(finite, read.length);
                Row row = conn.execute("SELECT encode(halfvec_send($1), 'hex'), $1::halfvec::text", read)
                        .fetchOne();
                assertEquals(field, row.getString(0));
                assertArrayEquals(read, new HalfVectorCodec().parse(row.getString(1)));
            }
            String refused = assertThrows(
                            DataException.class, () -> conn.execute("SELECT $1::halfvec", new float[] {65_520}))
                    .getMessage();
            assertTrue(refused.contains("65520.0 is not between -65504 and 65504"), refused);
        }
    }

    private static FieldReader field(String digits) {
        return FieldReader.of(HexFormat.of().parseHex(digits));
    }

    @Test
    void sparseVectorsAreWhatTheServerPrints() {
        Random random = Seed.take().random();
        try (Connection conn = connect()) {
            for (int i = 0; i < 200; i++) {
                int dimensions = 1 + random.nextInt(1_000_000);
                SortedMap<Integer, Float> values = new TreeMap<>();
                for (int count = random.nextInt(50); count > 0; count--) {
                    values.put(random.nextInt(dimensions), random.nextFloat() + 0.5f);
                }
                SparseVector vector = new SparseVector(dimensions, values);
                Row row = conn.execute("SELECT $1::sparsevec, ($1::sparsevec)::text", vector)
                        .fetchOne();
                assertEquals(vector, row.get(0));
                assertEquals(vector, SparseVector.CODEC.parse(row.getString(1)));
            }
        }
    }

    @Test
    void manyVectorsAreInsertedAndComeInTextToo() {
        Random random = Seed.take().random();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            rows.add(new Object[] {i, vector(random, 16)});
        }
        try (Connection conn = connect()) {
            conn.execute("CREATE TABLE many (id int, embedding vector(16))");
            conn.insertMany(BulkInsert.into("many", "id", "embedding").way(BulkWay.PIPELINED), rows);
            List<Row> binary =
                    conn.execute("SELECT embedding FROM many ORDER BY id").fetchAll();
            List<Row> text = conn.cursor()
                    .executeSimple("SELECT embedding FROM many ORDER BY id")
                    .fetchAll();
            for (int i = 0; i < rows.size(); i++) {
                float[] vector = (float[]) rows.get(i)[1];
                assertArrayEquals(vector, binary.get(i).get(0, float[].class));
                assertArrayEquals(vector, (float[]) text.get(i).get(0));
            }
            conn.execute("DROP TABLE many");
        }
    }
}
