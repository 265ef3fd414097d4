package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classes of a program that are made of classes which the driver knows. */
class ConversionIT {
    record UserId(long value) implements Comparable<UserId> {
        @Override
        public int compareTo(UserId other) {
            return Long.compare(value, other.value);
        }
    }

    record Email(String text) {
        Email {
            if (!text.contains("@")) {
                throw new IllegalArgumentException("no address");
            }
        }
    }

    enum Mood {
        HAPPY("glad"),
        SAD("sorry") {
            @Override
            boolean isGood() {
                return false;
            }
        };

        private final String label;

        Mood(String label) {
            this.label = label;
        }

        boolean isGood() {
            return true;
        }

        static Mood of(String label) {
            return Arrays.stream(values())
                    .filter(mood -> mood.label.equals(label))
                    .findFirst()
                    .orElseThrow();
        }
    }

    record User(UserId id, Optional<Email> email, List<UserId> friends) {}

    record Pair(UserId left, UserId right) {}

    static final Conversion<UserId, Long> IDS = Conversion.of(UserId.class, Long.class, UserId::new, UserId::value);
    static final Conversion<Email, String> EMAILS = Conversion.of(Email.class, String.class, Email::new, Email::text);
    static final Conversion<Mood, String> MOODS = Conversion.of(Mood.class, String.class, Mood::of, mood -> mood.label);

    private static Config.Builder config() {
        return Config.parse(TestServer.shared().dsn()).toBuilder();
    }

    private static Connection connect() {
        return Postgres.connect(
                config().conversion(IDS).conversion(EMAILS).conversion(MOODS).build());
    }

    @AfterEach
    void withdraw() {
        Postgres.withoutCodec("float8");
        Postgres.withoutConversion(UserId.class);
    }

    @Test
    void everyTypeThatCanBeHadAsTheBaseIsReadAndWritten() {
        try (Connection conn = connect()) {
            Row row = conn.execute(
                            "SELECT $1::int8, $2::int4, $3::numeric, $4::text, NULL::int",
                            new UserId(1),
                            new UserId(2),
                            new UserId(3),
                            new Email("a@b"))
                    .fetchOne();
            for (int i = 0; i < 3; i++) {
                assertEquals(new UserId(i + 1), row.get(i, UserId.class));
            }
            assertEquals(new Email("a@b"), row.get(3, Email.class));
            assertEquals(null, row.get(4, UserId.class));
            // What is natural stays so, and so do the getters.
            assertEquals(List.of(1L, 2), List.of(row.get(0), row.get(1)));
            assertEquals(1, row.getInt(0));
            assertEquals("3", row.getString(2));
            assertEquals(3.0, row.getDouble(2));
            assertEquals(new UserId(7), conn.execute("SELECT 7").fetchScalar(UserId.class));
        }
    }

    @Test
    void whatIsMadeOfThemFollows() {
        try (Connection conn = connect()) {
            conn.execute("CREATE TYPE pg_temp.pair AS (left_ int8, right_ int4)");
            List<UserId> ids = Arrays.asList(new UserId(1), null, new UserId(3));
            Row row = conn.execute(
                            "SELECT $1::int8[], $2::int4[], $3::int8range, ROW(1, 2)::pg_temp.pair, 5 = ANY($4), $5::pair",
                            ids,
                            new UserId[] {new UserId(4)},
                            Range.closedOpen(new UserId(1), new UserId(5)),
                            List.of(new UserId(5)),
                            new Pair(new UserId(8), new UserId(9)))
                    .fetchOne();
            assertEquals(ids, row.get(0, new TypeRef<List<UserId>>() {}));
            assertArrayEquals(ids.toArray(), row.get(0, UserId[].class));
            assertArrayEquals(new long[] {4}, row.get(1, long[].class));
            assertEquals(Range.closedOpen(new UserId(1), new UserId(5)), row.get(2, new TypeRef<Range<UserId>>() {}));
            assertEquals(new Pair(new UserId(1), new UserId(2)), row.get(3, Pair.class));
            assertTrue(row.getBoolean(4));
            assertEquals(new Pair(new UserId(8), new UserId(9)), row.get(5, Pair.class));
            assertEquals(
                    new User(new UserId(1), Optional.of(new Email("a@b")), List.of(new UserId(2))),
                    conn.execute("SELECT 1 AS id, 'a@b' AS email, '{2}'::int[] AS friends")
                            .fetchOne(User.class));
        }
    }

    @Test
    void manyAreWrittenInAllWays() {
        try (Connection conn = connect();
                Pipeline pipeline = conn.pipeline()) {
            conn.execute("CREATE TEMP TABLE member (id int8, email text)");
            conn.executeMany(
                    "INSERT INTO member VALUES ($1, $2)",
                    List.of(List.of(new UserId(1), new Email("a@1")), List.of(new UserId(2), new Email("a@2"))));
            conn.executeMany(
                    "INSERT INTO member VALUES (:id, :email)",
                    List.of(Map.of("id", new UserId(3), "email", new Email("a@3"))));
            List<Object> rows = new java.util.ArrayList<>();
            for (int i = 4; i <= 3000; i++) {
                rows.add(List.of(new UserId(i), new Email("a@" + i)));
            }
            conn.insertMany("member", List.of("id", "email"), rows);
            assertEquals(
                    3000,
                    conn.execute("SELECT count(*) FROM member WHERE email = 'a@' || id")
                            .fetchOne()
                            .getInt(0));
            assertEquals(
                    new UserId(9),
                    pipeline.execute("SELECT id FROM member WHERE id = $1", new UserId(9))
                            .fetchScalar(UserId.class));
        }
    }

    @ParameterizedTest
    @EnumSource(Prepare.class)
    void theyServeStatementsThatAreNotPrepared(Prepare prepare) {
        Config config = config().prepare(prepare)
                .conversion(IDS)
                .conversion(EMAILS)
                .conversion(MOODS)
                .build();
        try (Connection conn = Postgres.connect(config)) {
            conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('glad', 'sorry')");
            Row row = conn.execute(
                            "SELECT $1::int8, $2::int8[], $3::text, $4::pg_temp.mood",
                            new UserId(1),
                            List.of(new UserId(2)),
                            new Email("a@b"),
                            Mood.SAD)
                    .fetchOne();
            assertEquals(new UserId(1), row.get(0, UserId.class));
            assertEquals(List.of(new UserId(2)), row.get(1, new TypeRef<List<UserId>>() {}));
            assertEquals(new Email("a@b"), row.get(2, Email.class));
            assertEquals(Mood.SAD, row.get(3, Mood.class));
        }
    }

    @ParameterizedTest
    @EnumSource(Prepare.class)
    void aValueIsConvertedOnceWhateverWayItGoes(Prepare prepare) {
        Conversion<String, String> marks = Conversion.of(String.class, String.class, read -> read, text -> text + "!");
        Conversion<LocalDate, LocalDate> later =
                Conversion.of(LocalDate.class, LocalDate.class, read -> read, date -> date.plusDays(1));
        Config config = config().prepare(prepare)
                .conversion(marks)
                .conversion(later)
                .conversion(EMAILS)
                .build();
        LocalDate first = LocalDate.of(2026, 1, 1);
        try (Connection conn = Postgres.connect(config);
                Pipeline pipeline = conn.pipeline()) {
            String all = "SELECT $1::text, $2::text[], $3::text[], $4::date, $5::date[], $6::daterange, $7::text";
            Object[] values = {
                "a",
                List.of("b"),
                new String[] {"c"},
                first,
                List.of(first),
                Range.closedOpen(first, first.plusDays(1)),
                new Email("a@b")
            };
            String converted = "('a!', '{b!}', '{c!}', '2026-01-02', '{2026-01-02}', '[2026-01-02,2026-01-03)', 'a@b')";
            assertEquals(converted, conn.execute(all, values).fetchOne().toString());
            assertEquals(converted, pipeline.execute(all, values).fetchOne().toString());
            Cursor many = conn.executeMany(all, List.<Object[]>of(values));
            assertEquals(converted, many.fetchOne().toString());
            conn.execute("CREATE TYPE pg_temp.dated AS (text text, day date)");
            conn.execute("CREATE TEMP TABLE marked (text text, texts text[], day date, dated pg_temp.dated)");
            conn.insertMany(
                    "marked",
                    List.of("text", "texts", "day", "dated"),
                    List.of(List.of("a", List.of("b"), first, List.of("c", first))));
            assertEquals(
                    "('a!', '{b!}', '2026-01-02', '(c!,2026-01-02)')",
                    conn.execute("SELECT * FROM marked").fetchOne().toString());
        }
    }

    /** Of a class that the driver knows, as well: in both formats, and where records have it. */
    @ParameterizedTest
    @EnumSource(Prepare.class)
    void aConversionComesBeforeWhatTheDriverMakesOfTheClass(Prepare prepare) {
        record Entry(String text, LocalDate day, Boolean flag, boolean sure) {}
        Config config = config().prepare(prepare)
                .conversion(Conversion.of(String.class, String.class, text -> text + "?", text -> text))
                .conversion(Conversion.of(LocalDate.class, LocalDate.class, date -> date.plusDays(1), date -> date))
                .conversion(Conversion.of(Boolean.class, Integer.class, number -> number > 0, flag -> flag ? 1 : 0))
                .build();
        try (Connection conn = Postgres.connect(config)) {
            Row row = conn.execute("SELECT 'a'::text AS text, date '2026-01-01' AS day, 1 AS flag, 2 AS sure")
                    .fetchOne();
            LocalDate second = LocalDate.of(2026, 1, 2);
            assertEquals("a?", row.get(0, String.class));
            assertEquals(second, row.get(1, LocalDate.class));
            assertEquals(true, row.get(2, Boolean.class));
            assertEquals(new Entry("a?", second, true, true), row.to(Entry.class));
            // The getters that are named after a class give the driver's own.
            assertEquals("a", row.getString(0));
            assertEquals(LocalDate.of(2026, 1, 1), row.getLocalDate(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Prepare.class)
    void aValueIsGivenAsAnInterfaceOfIt(Prepare prepare) {
        Conversion<Iterable<?>, String> wider =
                Conversion.of(iterable(), String.class, text -> List.of(), any -> "wrong");
        Config config = config().prepare(prepare)
                .conversion(Conversion.of(Path.class, String.class, Path::of, Path::toString))
                .conversion(wider)
                .build();
        try (Connection conn = Postgres.connect(config)) {
            Path path = Path.of("a", "b");
            Row row = conn.execute("SELECT $1::text, $2::text[]", path, new Path[] {path})
                    .fetchOne();
            assertEquals(path, row.get(0, Path.class));
            assertEquals("{" + path + "}", row.getString(1));
        }
    }

    @SuppressWarnings("unchecked") // There is no other way to the class of a generic type.
    private static Class<Iterable<?>> iterable() {
        return (Class<Iterable<?>>) (Class<?>) Iterable.class;
    }

    /** Also where a codec is registered, whose types have to be found by the classes of the values. */
    @ParameterizedTest
    @EnumSource(Prepare.class)
    void oneThatFailsIsNamedWithItsParameter(Prepare prepare) {
        Conversion<Email, String> broken = Conversion.of(Email.class, String.class, Email::new, email -> null);
        Config config = config().prepare(prepare)
                .conversion(broken)
                .codec("float8", codec(1))
                .build();
        try (Connection conn = Postgres.connect(config)) {
            String message = assertThrows(
                            DataException.class, () -> conn.execute("SELECT $1::int, $2::text", 1, new Email("a@b")))
                    .getMessage();
            assertTrue(message.startsWith("parameter $2 "), message);
        }
    }

    @Test
    void fieldsOfTypesWithoutACodecAreReadAndWrittenInRowsToo() {
        record Granted(String text) {}
        record Right(int id, Granted granted) {}
        Conversion<Granted, String> any = Conversion.of(Granted.class, String.class, Granted::new, Granted::text);
        try (Connection conn = Postgres.connect(config().conversion(any).build())) {
            conn.execute("CREATE TYPE pg_temp.right_ AS (id int, granted aclitem)");
            Right right = new Right(1, new Granted("postgres=r/postgres"));
            assertEquals(
                    right,
                    conn.execute("SELECT $1::pg_temp.right_", right).fetchOne().get(0, Right.class));
        }
    }

    @ParameterizedTest
    @EnumSource(Prepare.class)
    void anArrayOfOneClassMayHoldAllValues(Prepare prepare) {
        try (Connection conn =
                Postgres.connect(config().prepare(prepare).conversion(IDS).build())) {
            Object[] values = new UserId[] {new UserId(1), new UserId(2)};
            assertEquals(
                    3,
                    conn.execute("SELECT $1::int8 + $2::int8", values)
                            .fetchOne()
                            .getInt(0));
        }
    }

    @Test
    void typesWithoutACodecTakeTheTextInAllWays() {
        record Granted(String text) {}
        Granted postgres = new Granted("postgres=r/postgres");
        Conversion<Granted, String> any = Conversion.of(Granted.class, String.class, Granted::new, Granted::text);
        try (Connection conn = Postgres.connect(config().conversion(any).build())) {
            conn.execute("CREATE TEMP TABLE granted (to_ aclitem)");
            conn.execute("INSERT INTO granted VALUES ($1)", postgres);
            conn.insertMany("granted", List.of("to_"), List.of(List.of(postgres)));
            assertEquals(
                    2,
                    conn.execute("SELECT count(*) FROM granted WHERE to_ = $1", postgres)
                            .fetchOne()
                            .getInt(0));
        }
    }

    @Test
    void whatIsRefusedIsExplainedAsWithoutThem() {
        try (Connection plain = Postgres.connect(config().build());
                Connection conn = connect()) {
            for (Object refused : new Object[] {4, LocalDate.MAX.minusDays(1)}) {
                String sql = refused instanceof Integer ? "SELECT $1" : "SELECT $1::date";
                DataException expected = assertThrows(DataException.class, () -> plain.execute(sql, refused));
                DataException found = assertThrows(DataException.class, () -> conn.execute(sql, refused));
                assertEquals(expected.getMessage(), found.getMessage());
                assertEquals(expected.sqlState(), found.sqlState());
            }
        }
    }

    @Test
    void oneThatFailsNamesItsClassAndThePlace() {
        try (Connection conn = connect()) {
            Row row = conn.execute("SELECT 'nobody' AS email, 'x' AS id").fetchOne();
            DataException refused = assertThrows(DataException.class, () -> row.get(0, Email.class));
            assertEquals(
                    "column 0 \"email\" (text): the conversion that was registered for Email failed: it threw"
                            + " java.lang.IllegalArgumentException: no address",
                    refused.getMessage());
            assertInstanceOf(IllegalArgumentException.class, refused.getCause());
            String noNumber = assertThrows(DataException.class, () -> row.get(1, UserId.class))
                    .getMessage();
            assertTrue(noNumber.startsWith("column 1 \"id\" (text): text cannot be read as Long"), noNumber);
            conn.conversion(Conversion.of(UserId.class, Long.class, UserId::new, id -> null));
            String unwritten = assertThrows(DataException.class, () -> conn.execute("SELECT $1::int8", new UserId(1)))
                    .getMessage();
            assertEquals(
                    "parameter $1 (int8) the conversion that was registered for UserId failed: it gave null, expected a value",
                    unwritten);
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    private static Conversion<UserId, Long> plus(long more) {
        return Conversion.of(UserId.class, Long.class, read -> new UserId(read + more), UserId::value);
    }

    private static Codec<UserId> codec(long more) {
        return Codec.of(
                UserId.class,
                in -> new UserId((long) in.readDouble() + more),
                (value, out) -> out.writeDouble(value.value()));
    }

    private static long read(Connection conn) {
        return conn.execute("SELECT 0::int8").fetchScalar(UserId.class).value();
    }

    private static Object readDouble(Connection conn) {
        return conn.execute("SELECT 0::float8").fetchOne().get(0);
    }

    @Test
    void theConnectionComesFirstAndThenItsConfigAndThenTheProcess() {
        Postgres.conversion(plus(1));
        Postgres.codec("float8", codec(1));
        Config own = config().conversion(plus(2)).codec("float8", codec(2)).build();
        try (Connection common = Postgres.connect(config().build());
                Connection conn = Postgres.connect(own)) {
            assertEquals(1, read(common));
            assertEquals(new UserId(1), readDouble(common));
            assertEquals(2, read(conn));
            assertEquals(new UserId(2), readDouble(conn));
            conn.conversion(plus(3));
            conn.codec("float8", codec(3));
            assertEquals(3, read(conn));
            assertEquals(new UserId(3), readDouble(conn));
            Postgres.withoutConversion(UserId.class);
            Postgres.withoutCodec("float8");
            // Those that are made keep what they have.
            assertEquals(1, read(common));
        }
        try (Connection conn = Postgres.connect(config().build())) {
            assertEquals(0.0, readDouble(conn));
            assertThrows(DataException.class, () -> read(conn));
        }
    }
}
