package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that are no values of their types cost a DataException each, and the connection nothing. */
class DamagedFieldsIT {
    private static final int ROUNDS = 100;
    private static final int FEWEST_FIELDS = 50;

    private static final List<Class<?>> CLASSES =
            List.of(Object.class, String.class, Object[].class, String[].class, Long.class, int[].class);

    private int refused;
    private int read;

    /** A value of each type that is not very long, and what is made of it. */
    private static String select() {
        return TypeValue.all().stream()
                .filter(value -> value.sql().length() < 70 && !value.sql().contains("repeat"))
                .collect(Collectors.toMap(TypeValue::type, TypeValue::sql, (one, other) -> other))
                .values()
                .stream()
                .map(sql -> sql + ", ARRAY[" + sql + ", NULL], ROW(" + sql + ", 1)")
                .collect(
                        Collectors.joining(
                                ", ",
                                "SELECT ",
                                ", '[1,5)'::int4range, '{[1.5,2),(3,)}'::nummultirange, ROW(1, ARRAY['x'], NULL)::damaged_part,"
                                        + " ARRAY[ROW(2, NULL, 1.5)::damaged_part], 'so so'::damaged_mood, 'a=>1, b=>NULL'::hstore"));
    }

    @Test
    void aDamagedFieldIsADataExceptionAndTheConnectionGoesOn() {
        Seed seed = Seed.take();
        try (Connection owner = Postgres.connect(TestServer.shared().dsn())) {
            owner.execute("CREATE EXTENSION hstore");
            owner.execute("CREATE TYPE damaged_part AS (a int4, b text[], c numeric)");
            owner.execute("CREATE TYPE damaged_mood AS ENUM ('happy', 'so so')");
            try (DamagingProxy proxy = DamagingProxy.before(TestServer.shared().port(), FEWEST_FIELDS, seed.random());
                    Connection conn = Postgres.connect(
                            TestServer.shared().dsn("host=127.0.0.1 sslmode=disable port=" + proxy.port()))) {
                damage(proxy, conn, seed);
            } finally {
                owner.execute("DROP TYPE damaged_part, damaged_mood");
                owner.execute("DROP EXTENSION hstore");
            }
        }
    }

    private void damage(DamagingProxy proxy, Connection conn, Seed seed) {
        String sql = select();
        assertTrue(conn.execute(sql).fetchOne().size() > 3 * FEWEST_FIELDS);
        for (int round = 0; round < ROUNDS; round++) {
            proxy.damage(true);
            Row binary = conn.execute(sql).fetchOne();
            Row text = conn.cursor().executeSimple(sql).fetchOne();
            proxy.damage(false);
            for (Row row : List.of(binary, text)) {
                for (int column = 0; column < row.size(); column++) {
                    read(row, column, CLASSES.get(round % CLASSES.size()), seed);
                }
            }
            assertEquals(
                    round, conn.execute("SELECT $1::int4", round).fetchOne().getInt(0));
        }
        assertTrue(refused > 1000 && read > 1000, () -> refused + " fields were refused and " + read + " read");
    }

    private void read(Row row, int column, Class<?> target, Seed seed) {
        try {
            look(row.get(column, target));
            read++;
        } catch (DataException expected) {
            refused++;
        } catch (RuntimeException | StackOverflowError other) {
            throw new AssertionError(
                    "column " + column + ", " + row.columns().get(column).typeName() + ", as " + target + ", " + seed,
                    other);
        }
    }

    /** The fields of a row are read when they are asked for. */
    private static void look(@Nullable Object value) {
        if (value instanceof Row row) {
            look(Arrays.asList(row.toArray()));
        } else if (value instanceof Collection<?> values) {
            values.forEach(DamagedFieldsIT::look);
        }
    }
}
