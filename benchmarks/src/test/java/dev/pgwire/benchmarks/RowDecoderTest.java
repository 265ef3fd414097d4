package dev.pgwire.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDecoderTest {
    private static final int VALUES = 20 * 10;

    private final List<@Nullable Object> expected = first(new DriverDecoder());

    @Test
    void byHandTheValuesAreTheSame() {
        byte[] rows = WideRows.load();
        assertEquals(expected, first(values -> ByHand.decode(rows, 0, rows.length, values)));
    }

    @Test
    void pgjdbcDecodesTheSameValuesAgainAndAgain() {
        PgjdbcDecoder pgjdbc = new PgjdbcDecoder();
        assertEquals(expected, first(pgjdbc));
        assertEquals(expected, first(pgjdbc));
    }

    @Test
    void vertxDecodesTheSameValues() {
        VertxDecoder vertx = new VertxDecoder();
        assertEquals(expected, first(vertx));
        assertEquals(expected, first(vertx));
    }

    @Test
    void r2dbcDecodesTheSameValuesAndGivesItsRowsBack() {
        R2dbcDecoder r2dbc = new R2dbcDecoder();
        assertEquals(expected, first(r2dbc));
        assertEquals(1, r2dbc.holders());
    }

    @Test
    void whereverTheStreamIsCutTheRowsArrive() {
        int[] rows = {0};
        new FrameDecoderBenchmark().receiveCut(page -> rows[0] += page.size());
        assertEquals(FrameDecoderBenchmark.COPIES * WideRows.COUNT, rows[0]);
    }

    private static List<@Nullable Object> first(RowDecoder decoder) {
        Collected collected = new Collected(new ArrayList<>());
        decoder.decode(collected);
        assertEquals(WideRows.COUNT * 10, collected.values.size());
        return collected.values.subList(0, VALUES);
    }

    private record Collected(List<@Nullable Object> values) implements Values {
        @Override
        public void take(int value) {
            values.add(value);
        }

        @Override
        public void take(long value) {
            values.add(value);
        }

        @Override
        public void take(double value) {
            values.add(value);
        }

        @Override
        public void take(boolean value) {
            values.add(value);
        }

        @Override
        public void take(@Nullable Object value) {
            // The same point of time; which offset it is told with is up to the driver.
            values.add(value instanceof OffsetDateTime at ? at.toInstant() : value);
        }
    }
}
