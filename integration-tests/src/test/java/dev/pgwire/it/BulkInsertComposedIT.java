package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Range;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many rows into columns of types that are made of others. */
class BulkInsertComposedIT {
    enum Mood {
        HAPPY,
        SAD
    }

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('HAPPY', 'SAD')");
        conn.execute("CREATE TYPE pg_temp.pair AS (a int4, b text)");
        conn.execute(
                "CREATE TEMP TABLE composed (id int4, numbers int4[], span int4range, mood mood, pair pair, moods mood[])");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 150, 5_000})
    void eachRowKeepsItsOwnArrays(int rows) {
        List<Object[]> values = IntStream.range(0, rows)
                .mapToObj(i -> new Object[] {
                    i,
                    i % 7 == 0 ? null : List.of(i, i + 1),
                    Range.closedOpen(i, i + 2),
                    i % 2 == 0 ? Mood.HAPPY : Mood.SAD,
                    Arrays.asList(i, "x" + i),
                    List.of(Mood.SAD)
                })
                .toList();
        BulkInsert insert = BulkInsert.into("composed", List.of("id", "numbers", "span", "mood", "pair", "moods"));
        assertEquals(rows, conn.insertMany(insert, values).rowCount());
        assertEquals(
                rows,
                conn.execute("SELECT count(*) FROM composed WHERE numbers IS NOT DISTINCT FROM"
                                + " CASE WHEN id % 7 = 0 THEN NULL ELSE ARRAY[id, id + 1] END"
                                + " AND span = int4range(id, id + 2)"
                                + " AND mood = (CASE WHEN id % 2 = 0 THEN 'HAPPY' ELSE 'SAD' END)::mood"
                                + " AND pair = ROW(id, 'x' || id)::pair AND moods = '{SAD}'::mood[]")
                        .fetchOne()
                        .getInt(0));
    }

    @Test
    void arraysOfArraysAreNoWayWhereTheyAreAskedFor() {
        BulkInsert insert =
                BulkInsert.into("composed", List.of("id", "numbers")).way(BulkWay.UNNEST);
        String refused = assertThrows(
                        InterfaceException.class,
                        () -> conn.insertMany(insert, List.<Object[]>of(new Object[] {1, List.of(1)})))
                .getMessage();
        assertTrue(refused.contains("expected COPY, PIPELINED"), refused);
        assertEquals(
                1,
                conn.insertMany(insert.way(BulkWay.COPY), List.<Object[]>of(new Object[] {1, List.of(1)}))
                        .rowCount());
    }
}
