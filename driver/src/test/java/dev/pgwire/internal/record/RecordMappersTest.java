package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecordMappersTest {
    private static final int INT8 = 20;

    private final RecordedRows pages = new RecordedRows(columns("id", INT4));

    private record One(int id) {}

    private record Two(int id) {}

    private record Many(int id) {}

    private record Unmade(int other) {}

    @Test
    void aPlanKeepsOneMapperForEachClass() {
        RecordMapper<One> one = pages.plan().mapper(One.class);
        RecordMapper<Two> two = pages.plan().mapper(Two.class);
        assertSame(one, pages.plan().mapper(One.class));
        assertSame(two, pages.plan().mapper(Two.class));
        assertNotSame(one, two);
    }

    @Test
    void plansWhoseColumnsAreReadInTheSameWayShareTheMapper() {
        RecordMapper<One> mapper = pages.plan().mapper(One.class);
        assertSame(mapper, new RecordedRows(columns("id", INT4)).plan().mapper(One.class));
        assertSame(
                mapper,
                new RecordedRows(columns(Format.BINARY, "ID", INT4, "x", TEXT))
                        .plan()
                        .mapper(One.class));
    }

    @Test
    void anotherPlaceOrTypeOfAColumnNeedsAnotherMapper() {
        RecordMapper<One> mapper = pages.plan().mapper(One.class);
        assertNotSame(mapper, new RecordedRows(columns("id", INT8)).plan().mapper(One.class));
        RecordedRows others = new RecordedRows(columns("x", INT4, "id", INT4));
        RecordMapper<One> other = others.plan().mapper(One.class);
        assertNotSame(mapper, other);
        assertEquals(new One(7), other.map(others.row(row("1", "7"))));
    }

    @Test
    void aClassOfWhichThereAreTooManyShapesBeginsAnew() {
        RecordMapper<Many> first = pages.plan().mapper(Many.class);
        for (int i = 0; i < 2 * RecordShapes.MOST; i++) {
            Object[] columns = new Object[2 * i + 2];
            Object[] values = new Object[i + 1];
            for (int j = 0; j <= i; j++) {
                columns[2 * j] = j == i ? "id" : "x";
                columns[2 * j + 1] = INT4;
                values[j] = j == i ? "7" : "1";
            }
            RecordedRows wide = new RecordedRows(columns(columns));
            assertEquals(new Many(7), wide.plan().mapper(Many.class).map(wide.row(row(values))));
        }
        assertNotSame(first, new RecordedRows(columns("id", INT4)).plan().mapper(Many.class));
    }

    @Test
    void aClassThatWasRefusedIsRefusedAgain() {
        String first = refusal();
        assertEquals(first, refusal());
    }

    @Test
    void aPlanServesMoreClassesThanItKeeps() {
        record A(int id) {}
        record B(int id) {}
        record C(int id) {}
        record D(int id) {}
        record E(int id) {}
        record F(int id) {}
        record G(int id) {}
        RecordMapper<One> one = pages.plan().mapper(One.class);
        RecordMapper<Two> two = pages.plan().mapper(Two.class);
        for (Class<? extends Record> type : List.of(A.class, B.class, C.class, D.class, E.class, F.class, G.class)) {
            assertSame(type, pages.plan().mapper(type).type());
        }
        assertSame(two, pages.plan().mapper(Two.class));
        assertSame(one, pages.plan().mapper(One.class));
    }

    @Test
    void threadsThatAskAtTheSameTimeGetTheSameMapperAndMayAllUseIt() throws Exception {
        int threads = 4;
        List<Row> rows = List.of(pages.row(row("1")), pages.row(row("2")));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 50; round++) {
                RowPlan plan = new RecordedRows(columns("id", INT4)).plan();
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<RecordMapper<One>>> asked = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int index = i % 2;
                    asked.add(pool.submit(() -> {
                        start.await();
                        RecordMapper<One> mapper = plan.mapper(One.class);
                        for (int j = 0; j < 200; j++) {
                            assertEquals(new One(index + 1), mapper.map(rows.get(index)));
                        }
                        return mapper;
                    }));
                }
                Set<RecordMapper<One>> mappers = new HashSet<>();
                for (Future<RecordMapper<One>> answer : asked) {
                    mappers.add(answer.get());
                }
                assertEquals(1, mappers.size());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private String refusal() {
        return assertThrows(InterfaceException.class, () -> pages.plan().mapper(Unmade.class))
                .getMessage();
    }
}
