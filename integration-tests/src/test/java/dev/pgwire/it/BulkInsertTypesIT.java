package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values of every type that has a codec, in every way: what is in the table then is the same. */
class BulkInsertTypesIT {
    private static final int ROWS = 3_000;

    private static Map<String, Function<Random, Object>> types() {
        Map<String, Function<Random, Object>> types = new LinkedHashMap<>();
        types.put("bool", Random::nextBoolean);
        types.put("bytea", BulkInsertTypesIT::bytes);
        types.put("\"char\"", random -> "" + (char) ('a' + random.nextInt(26)));
        types.put("name", random -> text(random, 15));
        types.put("int8", Random::nextLong);
        types.put("int2", random -> (short) random.nextInt());
        types.put("int4", random -> random.nextInt());
        types.put("text", random -> text(random, 40));
        types.put("oid", random -> random.nextInt() & 0xFFFFFFFFL);
        types.put("json", random -> "{\"a\": " + random.nextInt() + "}");
        types.put("float4", random -> Float.intBitsToFloat(random.nextInt()));
        types.put("float8", random -> Double.longBitsToDouble(random.nextLong()));
        types.put("bpchar(12)", random -> text(random, 12));
        types.put("varchar", random -> text(random, 20));
        types.put("date", random -> LocalDate.ofEpochDay(random.nextInt(4_000_000) - 2_000_000));
        types.put("time", random -> LocalTime.ofNanoOfDay(1000 * Math.floorMod(random.nextLong(), 86_400_000_000L)));
        types.put("timestamp", BulkInsertTypesIT::timestamp);
        types.put("timestamptz", random -> timestamp(random).atOffset(ZoneOffset.ofHours(random.nextInt(20) - 10)));
        types.put(
                "numeric",
                random -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(40) - 10));
        types.put("uuid", random -> new UUID(random.nextLong(), random.nextLong()));
        types.put("jsonb", random -> "[" + random.nextInt() + ", null]");
        return types;
    }

    @Test
    void everyWayGivesTheSameTable() {
        Seed seed = Seed.take();
        Map<String, Function<Random, Object>> types = types();
        List<String> columns =
                IntStream.range(0, types.size()).mapToObj(i -> "c" + i).toList();
        Random random = seed.random();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(types.values().stream()
                    .map(make -> random.nextInt(10) == 0 ? null : make.apply(random))
                    .toArray());
        }
        rows.set(7, new Object[] {
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Float.NaN,
            Double.NEGATIVE_INFINITY,
            null,
            null,
            LocalDate.MAX,
            LocalTime.MAX,
            LocalDateTime.MIN,
            OffsetDateTime.MAX,
            Double.NaN,
            null,
            null
        });
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            List<String> tables = new ArrayList<>();
            tables.add(table(conn, types, columns, "by_execute_many"));
            String parameters = IntStream.rangeClosed(1, columns.size())
                    .mapToObj(i -> "$" + i)
                    .collect(Collectors.joining(", "));
            conn.cursor().executeMany("INSERT INTO by_execute_many VALUES (" + parameters + ")", rows);
            for (BulkWay way : BulkWay.values()) {
                String table = table(conn, types, columns, "by_" + way);
                tables.add(table);
                assertEquals(
                        ROWS,
                        conn.insertMany(BulkInsert.into(table, columns).way(way), rows)
                                .rowCount());
            }
            String first = tables.get(0);
            for (String table : tables) {
                String query =
                        "SELECT (SELECT count(*) FROM \"%1$s\"), count(*) FROM (SELECT n, t::text FROM \"%1$s\" t"
                                + " EXCEPT SELECT n, t::text FROM \"%2$s\" t) AS different";
                assertEquals(
                        "[(" + ROWS + ", 0)]",
                        conn.execute(query.formatted(table, first)).fetchAll().toString(),
                        table + " of " + seed);
            }
        }
    }

    private static String table(Connection conn, Map<String, ?> types, List<String> columns, String name) {
        List<String> names = List.copyOf(types.keySet());
        conn.execute("CREATE TEMP TABLE \"" + name + "\" ("
                + IntStream.range(0, names.size())
                        .mapToObj(i -> columns.get(i) + " " + names.get(i) + ", ")
                        .collect(Collectors.joining())
                + "n serial)");
        return name;
    }

    private static LocalDateTime timestamp(Random random) {
        return LocalDateTime.of(1, 1, 1, 0, 0)
                .plusSeconds(random.nextInt() & 0xFFFFFFFFL)
                .plusNanos(1000L * random.nextInt(1_000_000));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random, int length) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(length + 1); left > 0; left--) {
            int limit = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
            int c = 1 + random.nextInt(limit - 1);
            out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? ' ' : c);
        }
        return out.toString();
    }
}
