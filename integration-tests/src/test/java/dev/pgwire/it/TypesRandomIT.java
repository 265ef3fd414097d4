package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Inet;
import dev.pgwire.type.MacAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many random values of each type, against the server's text: read in both formats, and written back. The
 * message of a failure says what repeats it.
 */
class TypesRandomIT {
    private static final int COUNT = 20_000;

    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TIME ZONE 'UTC'");
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    static Stream<Arguments> families() {
        return Stream.of(
                family("bool", random -> Boolean.toString(random.nextBoolean())),
                family("int2", random -> Short.toString((short) whole(random, 16))),
                family("int4", random -> Integer.toString((int) whole(random, 32))),
                family("int8", random -> Long.toString(whole(random, 64))),
                family("oid", random -> Long.toString(whole(random, 32) & 0xFFFFFFFFL)),
                family("float4", TypesRandomIT::float4),
                family("float8", TypesRandomIT::float8),
                family("numeric", TypesRandomIT::numeric),
                family("text", random -> text(random, 40)),
                family("varchar", random -> text(random, 10)),
                family("bytea", TypesRandomIT::bytea),
                family("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString()),
                family("date", TypesRandomIT::date),
                family("time", TypesRandomIT::time),
                family("timestamp", random -> timestamp(random, "")),
                family("timestamptz", random -> timestamp(random, "+00")),
                family("interval", TypesRandomIT::interval),
                family("timetz", random -> time(random) + offset(random)),
                family("money", random -> BigDecimal.valueOf(whole(random, 64), 2)
                        .toPlainString()),
                family("varbit", TypesRandomIT::bits),
                family("xid", random -> Long.toString(whole(random, 32) & 0xFFFFFFFFL)),
                family("pg_lsn", random -> "%X/%X".formatted((int) whole(random, 32), (int) whole(random, 32))),
                family("point", TypesRandomIT::point),
                family("box", random -> point(random) + "," + point(random)),
                family("path", TypesRandomIT::path),
                family("circle", random -> "<" + point(random) + "," + Math.abs(random.nextGaussian()) + ">"),
                family("inet", random -> address(random, false)),
                family("cidr", random -> address(random, true)),
                family("macaddr", random -> mac(random, 6)),
                family("macaddr8", random -> mac(random, 8)),
                family("jsonb", random -> '"' + text(random, 20).replaceAll("[\\\\\"\\p{Cntrl}]", "") + '"'));
    }

    @ParameterizedTest
    @MethodSource("families")
    void randomValuesAreWhatTheServerSaysInBothFormatsAndBothWays(String type, Function<Random, String> generator) {
        Seed seed = Seed.take(type);
        Random random = seed.random();
        List<String> literals = Stream.generate(() -> generator.apply(random))
                .limit(COUNT)
                .map(literal -> '"' + literal.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        String array = literals.stream().collect(Collectors.joining(",", "{", "}"));
        String sql = "SELECT number, s::%s, %s FROM unnest(?::text[]) WITH ORDINALITY u(s, number)"
                // The cast of an inet adds the prefix.
                .formatted(type, type.equals("inet") ? "format('%s', s::inet)" : "s::" + type + "::text");

        Iterator<Row> text = conn.cursor()
                .executeSimple(sql.replace("?", "'" + array.replace("'", "''") + "'"))
                .fetchAll()
                .iterator();
        List<Object> read = new ArrayList<>();
        for (Row binary : conn.execute(sql.replace("?", "$1"), array)) {
            int number = binary.getInt(0);
            String expected = binary.getString(2);
            Row same = text.next();
            Object value = binary.get(1);
            assertEquals(expected, binary.getString(1), () -> where(type, number, seed));
            assertEquals(expected, same.getString(1), () -> where(type, number, seed));
            assertTrue(Objects.deepEquals(value, same.get(1)), () -> where(type, number, seed) + ": " + value);
            read.add(value);
        }
        assertEquals(COUNT, read.size());

        String table = "random_" + type;
        conn.execute("CREATE TEMP TABLE " + table + " (number int PRIMARY KEY, value " + type + ")");
        writeBack(table, read);
        int compared = 0;
        for (Row row : conn.execute(
                "SELECT number, value::text, s::" + type + "::text FROM unnest($1::text[]) WITH ORDINALITY u(s, number)"
                        + " LEFT JOIN " + table + " USING (number)",
                array)) {
            int number = row.getInt(0);
            assertEquals(row.getString(2), row.getString(1), () -> where(type, number, seed) + " written back");
            compared++;
        }
        assertEquals(COUNT, compared);
    }

    /** Many rows with each statement: the leak detection of tests makes every message cost far more than its values do. */
    private static void writeBack(String table, List<Object> values) {
        int rows = 200;
        String insert = IntStream.range(0, rows)
                .mapToObj(i -> "($1::int + " + i + ", $" + (i + 2) + ")")
                .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES ", ""));
        List<Object[]> sets = new ArrayList<>();
        for (int i = 0; i < values.size(); i += rows) {
            List<Object> set = new ArrayList<>(values.subList(i, i + rows));
            set.add(0, i + 1);
            sets.add(set.toArray());
        }
        conn.cursor().executeMany(insert, sets);
    }

    private static String where(String type, int number, Seed seed) {
        return type + " number " + number + " of " + seed;
    }

    private static Arguments family(String type, Function<Random, String> generator) {
        return Arguments.of(type, Named.of("random " + type, generator));
    }

    /** As many small numbers as large ones. */
    private static long whole(Random random, int bits) {
        long value = random.nextLong() >> (64 - bits);
        return value >> random.nextInt(bits);
    }

    private static String float4(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
            case 1 -> decimal(random, 8, 30);
            default -> Float.toString(random.nextInt(1_000_000) / 100f);
        };
    }

    private static String float8(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> decimal(random, 18, 250);
            default -> Double.toString(random.nextInt(1_000_000) / 100.0);
        };
    }

    private static String decimal(Random random, int digits, int exponent) {
        return new BigInteger(random.nextInt(digits * 3) + 1, random).add(BigInteger.ONE) + "e"
                + (random.nextInt(2 * exponent) - exponent);
    }

    private static String numeric(Random random) {
        int scale = random.nextInt(60) - 20;
        BigInteger unscaled = new BigInteger(random.nextInt(random.nextInt(10) == 0 ? 1000 : 70), random);
        BigDecimal value = new BigDecimal(unscaled, scale).movePointRight(random.nextInt(3) * 4);
        return (random.nextBoolean() ? value.negate() : value).toPlainString();
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

    /** Each part may be missing or have another sign than those before it. */
    private static String interval(Random random) {
        String[] parts = {
            whole(random, 28) + " years", whole(random, 20) + " mons", whole(random, 32) + " days", time(random)
        };
        parts[3] = (random.nextBoolean() ? "-" : "") + parts[3];
        int kept = 1 + random.nextInt(15);
        return IntStream.range(0, parts.length)
                .filter(i -> (kept >> i & 1) == 1)
                .mapToObj(i -> parts[i])
                .collect(Collectors.joining(" "));
    }

    private static String offset(Random random) {
        String sign = random.nextBoolean() ? "+" : "-";
        return switch (random.nextInt(3)) {
            case 0 -> "%s%02d".formatted(sign, random.nextInt(16));
            case 1 -> "%s%02d:%02d".formatted(sign, random.nextInt(16), random.nextInt(60));
            default -> "%s%02d:%02d:%02d".formatted(sign, random.nextInt(16), random.nextInt(60), random.nextInt(60));
        };
    }

    private static String bits(Random random) {
        return random.ints(random.nextInt(70), 0, 2).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    /** With many zeros, since these decide how an address of IPv6 is printed. */
    private static String address(Random random, boolean network) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        int prefix = random.nextInt(3) == 0 ? 8 * bytes.length : random.nextInt(8 * bytes.length + 1);
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += 2) {
            if (random.nextBoolean()) {
                bytes[i] = 0;
                bytes[i + 1] = (byte) random.nextInt(2);
            } else if (random.nextInt(4) == 0) {
                bytes[i] = -1;
                bytes[i + 1] = -1;
            }
        }
        Inet address = Inet.of(bytes, prefix);
        return (network ? address.network() : address).toString();
    }

    private static String point(Random random) {
        return "(" + float8(random) + "," + float8(random) + ")";
    }

    private static String path(Random random) {
        String points = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> point(random))
                .collect(Collectors.joining(","));
        return random.nextBoolean() ? "[" + points + "]" : "(" + points + ")";
    }

    private static String mac(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return MacAddress.of(bytes).toString();
    }

    private static String bytea(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        StringBuilder out = new StringBuilder("\\x");
        for (byte b : bytes) {
            out.append("%02x".formatted(b & 0xFF));
        }
        return out.toString();
    }

    private static String date(Random random) {
        return moment(random, 5_874_897, "");
    }

    private static String timestamp(Random random, String offset) {
        return moment(random, 294_276, " " + time(random) + offset);
    }

    /** Half of them near to our days, and as many years before Christ as there can be. */
    private static String moment(Random random, int maxYear, String time) {
        int year = 1 + random.nextInt(random.nextBoolean() ? 4713 : maxYear);
        String era = year <= 4713 && random.nextInt(4) == 0 ? " BC" : "";
        return "%04d-%02d-%02d%s%s".formatted(year, 1 + random.nextInt(12), 1 + random.nextInt(28), time, era);
    }

    private static String time(Random random) {
        int digits = random.nextInt(7);
        String fraction =
                digits == 0 ? "" : ".%06d".formatted(random.nextInt(1_000_000)).substring(0, digits + 1);
        return "%02d:%02d:%02d%s".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), fraction);
    }
}
