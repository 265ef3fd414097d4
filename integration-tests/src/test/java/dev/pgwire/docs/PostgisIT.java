package dev.pgwire.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.error.DataException;
import dev.pgwire.recipes.Geometry;
import dev.pgwire.recipes.Geometry.LineString;
import dev.pgwire.recipes.Geometry.Point;
import dev.pgwire.recipes.Geometry.Polygon;
import dev.pgwire.recipes.Geometry.XY;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.InstalledPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recipe for geometries, and PostGIS's opinion of it. */
class PostgisIT {
    static final String SERVER = "postgis";

    private static InstalledPostgres server;

    @BeforeAll
    static void start() {
        assumeTrue(InstalledPostgres.isInstalled(), "the distribution's PostgreSQL is not installed");
        server = InstalledPostgres.builder().start();
        try (Connection conn = Postgres.connect(server.dsn())) {
            boolean available = conn.execute("SELECT FROM pg_available_extensions WHERE name = 'postgis'")
                    .fetchOptional()
                    .isPresent();
            assumeTrue(available, "PostGIS is missing: apt-get install postgresql-postgis");
            conn.execute("CREATE EXTENSION postgis");
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Config.Builder config() {
        return Config.parse(server.dsn()).toBuilder()
                .codec("geometry", Geometry.CODEC)
                .codec("geography", Geometry.CODEC);
    }

    @TestFactory
    Stream<DynamicTest> theRecipeDoesWhatThePageSays() {
        return Page.recipes().snippetsOn(SERVER, server.dsn());
    }

    private static Geometry random(Random random) {
        int srid = List.of(0, 4326, 3857).get(random.nextInt(3));
        return switch (random.nextInt(8)) {
            case 0 -> new Point(srid, Double.NaN, Double.NaN);
            case 1 -> new LineString(srid, List.of());
            case 2 -> new Polygon(srid, List.of());
            case 3, 4 -> new Point(srid, coordinate(random), coordinate(random));
            case 5, 6 -> new LineString(srid, points(random, 2 + random.nextInt(20)));
            default ->
                new Polygon(
                        srid,
                        Stream.generate(() -> ring(random))
                                .limit(1 + random.nextInt(3))
                                .toList());
        };
    }

    private static double coordinate(Random random) {
        return random.nextBoolean() ? random.nextInt(360) - 180 : (random.nextDouble() - 0.5) * 40_000_000;
    }

    private static List<XY> points(Random random, int count) {
        return Stream.generate(() -> new XY(coordinate(random), coordinate(random)))
                .limit(count)
                .toList();
    }

    private static List<XY> ring(Random random) {
        List<XY> ring = new ArrayList<>(points(random, 3 + random.nextInt(10)));
        ring.add(ring.get(0));
        return ring;
    }

    private static String ewkt(Geometry geometry) {
        String srid = geometry.srid() == 0 ? "" : "SRID=" + geometry.srid() + ";";
        if (geometry instanceof Point point) {
            return srid + "POINT" + (Double.isNaN(point.x()) ? " EMPTY" : "(" + point.x() + " " + point.y() + ")");
        }
        if (geometry instanceof LineString line) {
            return srid + "LINESTRING" + ewkt(line.points());
        }
        List<List<XY>> rings = ((Polygon) geometry).rings();
        String body = rings.stream().map(PostgisIT::ewkt).collect(Collectors.joining(",", "(", ")"));
        return srid + "POLYGON" + (rings.isEmpty() ? " EMPTY" : body);
    }

    private static String ewkt(List<XY> points) {
        return points.isEmpty()
                ? " EMPTY"
                : points.stream().map(point -> point.x() + " " + point.y()).collect(Collectors.joining(",", "(", ")"));
    }

    @Test
    void whatIsWrittenAndReadIsWhatTheServerReadsInItsText() {
        Random random = Seed.take().random();
        List<Geometry> values =
                Stream.generate(() -> random(random)).limit(3_000).toList();
        try (Connection conn = Postgres.connect(config().build())) {
            List<Row> rows = conn.execute(
                            """
                            SELECT g, ST_GeomFromEWKT(t), ST_AsEWKB(g) = ST_AsEWKB(ST_GeomFromEWKT(t)), t, g::text
                            FROM unnest($1::geometry[], $2::text[]) AS u(g, t)""", values, values.stream().map(PostgisIT::ewkt).toList())
                    .fetchAll();
            assertEquals(values.size(), rows.size());
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                assertTrue(row.getBoolean(2), row.getString(3));
                assertEquals(values.get(i), row.get(0), row.getString(3));
                assertEquals(values.get(i), row.get(1), row.getString(3));
                assertEquals(values.get(i), Geometry.CODEC.parse(row.getString(4)), row.getString(3));
            }
        }
    }

    @Test
    void arraysOfThemAreReadInBothFormats() {
        List<Geometry> values =
                List.of(new Point(4326, 1, 2), new LineString(0, List.of(new XY(1, 2), new XY(3, 4.5))));
        try (Connection conn = Postgres.connect(config().build())) {
            conn.execute("CREATE TABLE shapes AS SELECT $1::geometry[] AS shapes, NULL::geometry AS missing", values);
            for (Row row : List.of(
                    conn.execute("TABLE shapes").fetchOne(),
                    conn.cursor().executeSimple("TABLE shapes").fetchOne())) {
                assertEquals(values, row.get(0));
                assertEquals(values.get(0), row.get(0, Geometry[].class)[0]);
                assertTrue(row.isNull(1));
            }
        }
    }

    @Test
    void manyAreInsertedByCopy() {
        Random random = Seed.take().random();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            rows.add(new Object[] {i, random(random)});
        }
        try (Connection conn = Postgres.connect(config().build())) {
            conn.execute("CREATE TABLE many (id int, shape geometry)");
            conn.insertMany(BulkInsert.into("many", "id", "shape").way(BulkWay.COPY), rows);
            List<Row> read = conn.execute("TABLE many ORDER BY id").fetchAll();
            for (int i = 0; i < rows.size(); i++) {
                assertEquals(rows.get(i)[1], read.get(i).get(1));
            }
        }
    }

    @Test
    void geographiesAreReadAndWrittenToo() {
        try (Connection conn = Postgres.connect(config().build())) {
            Point vienna = new Point(4326, 16.37, 48.21);
            Row row = conn.execute("SELECT $1::geography, ST_AsText($1::geography)", vienna)
                    .fetchOne();
            assertEquals(vienna, row.get(0, Point.class));
            assertEquals("POINT(16.37 48.21)", row.getString(1));
            assertEquals(
                    4326,
                    conn.execute("SELECT ST_SRID($1::geography::geometry)", new Point(0, 1, 2))
                            .fetchScalar(Integer.class));
        }
    }

    @Test
    void whatHasMoreThanTwoDimensionsIsRefusedAndTheConnectionGoesOn() {
        try (Connection conn = Postgres.connect(config().build())) {
            for (String other :
                    List.of("POINT Z (1 2 3)", "POINT M (1 2 3)", "MULTIPOINT(1 2)", "SRID=4326;POINT(1 2 3)")) {
                Row row = conn.execute("SELECT $1::geometry AS shape, ST_Force2D($1::geometry)", other)
                        .fetchOne();
                String refused =
                        assertThrows(DataException.class, () -> row.get(0)).getMessage();
                assertTrue(refused.contains("expected a point, linestring or polygon in two dimensions"), refused);
            }
            assertEquals(
                    new Point(0, 1, 2),
                    conn.execute("SELECT ST_Force2D('POINT Z (1 2 3)')").fetchScalar(Geometry.class));
        }
    }

    /** In a database that no prepared statement of the process has met the type in. */
    @Test
    void withoutPreparedStatementsItIsReadAndWrittenAsWell() {
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("CREATE DATABASE unprepared").close();
        }
        Config never = config().database("unprepared").prepare(Prepare.NEVER).build();
        try (Connection conn = Postgres.connect(never)) {
            conn.execute("CREATE EXTENSION postgis").close();
            Point point = new Point(4326, 1, 2);
            for (Object value : List.of("SRID=4326;POINT(1 2)", point)) {
                Row row = conn.execute("SELECT $1::geometry, ARRAY[$1::geometry]", value)
                        .fetchOne();
                assertEquals(point, row.get(0));
                assertEquals(point, Geometry.CODEC.parse(row.getString(0)));
                assertEquals(List.of(point), row.get(1));
            }
        }
    }
}
