package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.Format;
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

    private final Pages pages = new Pages(columns("id", INT4));

    private record One(int id) {}

    private record Two(int id) {}

    private record Many(int id) {}

    private record Unmade(int other) {}

    @Test
    void aPlanKeepsOneMapperForEachClass() {
        RecordMapper<One> one = RecordMapper.of(One.class, pages.plan);
        RecordMapper<Two> two = RecordMapper.of(Two.class, pages.plan);
        assertSame(one, RecordMapper.of(One.class, pages.plan));
        assertSame(two, RecordMapper.of(Two.class, pages.plan));
        assertNotSame(one, two);
    }

    @Test
    void plansWhoseColumnsAreReadInTheSameWayShareTheMapper() {
        RecordMapper<One> mapper = RecordMapper.of(One.class, pages.plan);
        assertSame(mapper, RecordMapper.of(One.class, new Pages(columns("id", INT4)).plan));
        assertSame(mapper, RecordMapper.of(One.class, new Pages(columns(Format.BINARY, "ID", INT4, "x", TEXT)).plan));
    }

    @Test
    void anotherPlaceOrTypeOfAColumnNeedsAnotherMapper() {
        RecordMapper<One> mapper = RecordMapper.of(One.class, pages.plan);
        assertNotSame(mapper, RecordMapper.of(One.class, new Pages(columns("id", INT8)).plan));
        Pages others = new Pages(columns("x", INT4, "id", INT4));
        RecordMapper<One> other = RecordMapper.of(One.class, others.plan);
        assertNotSame(mapper, other);
        assertEquals(new One(7), other.map(PageRow.of(others.plan, Pages.page(others, row("1", "7")), 0)));
    }

    @Test
    void aClassOfWhichThereAreTooManyShapesBeginsAnew() {
        RecordMapper<Many> first = RecordMapper.of(Many.class, pages.plan);
        for (int i = 0; i < 2 * RecordShapes.MOST; i++) {
            Object[] columns = new Object[2 * i + 2];
            Object[] values = new Object[i + 1];
            for (int j = 0; j <= i; j++) {
                columns[2 * j] = j == i ? "id" : "x";
                columns[2 * j + 1] = INT4;
                values[j] = j == i ? "7" : "1";
            }
            Pages wide = new Pages(columns(columns));
            RowPage page = Pages.page(wide, row(values));
            assertEquals(new Many(7), RecordMapper.of(Many.class, wide.plan).map(PageRow.of(wide.plan, page, 0)));
        }
        assertNotSame(first, RecordMapper.of(Many.class, new Pages(columns("id", INT4)).plan));
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
        RecordMapper<One> one = RecordMapper.of(One.class, pages.plan);
        RecordMapper<Two> two = RecordMapper.of(Two.class, pages.plan);
        for (Class<? extends Record> type : List.of(A.class, B.class, C.class, D.class, E.class, F.class, G.class)) {
            assertSame(type, RecordMapper.of(type, pages.plan).type());
        }
        assertSame(two, RecordMapper.of(Two.class, pages.plan));
        assertSame(one, RecordMapper.of(One.class, pages.plan));
    }

    @Test
    void threadsThatAskAtTheSameTimeGetTheSameMapperAndMayAllUseIt() throws Exception {
        int threads = 4;
        RowPage page = Pages.page(pages, row("1"), row("2"));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 50; round++) {
                RowPlan plan = new Pages(columns("id", INT4)).plan;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<RecordMapper<One>>> asked = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int index = i % 2;
                    asked.add(pool.submit(() -> {
                        start.await();
                        RecordMapper<One> mapper = RecordMapper.of(One.class, plan);
                        for (int j = 0; j < 200; j++) {
                            assertEquals(new One(index + 1), mapper.map(PageRow.of(plan, page, index)));
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
        return assertThrows(InterfaceException.class, () -> RecordMapper.of(Unmade.class, pages.plan))
                .getMessage();
    }
}
