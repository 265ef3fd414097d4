package dev.pgwire.benchmarks.compare.work;

import java.util.ArrayList;
import java.util.List;

/** The works, in one place that no work knows. */
public final class Works {
    private Works() {}

    /** Every work, in the order of the table. */
    public static List<Work> all() {
        List<Work> works = new ArrayList<>(PointSelect.all());
        works.addAll(List.of(
                WideStream.plain(),
                new WideFetch(),
                new SelectBatch(),
                new SelectsInFlight(),
                new Insert(),
                new Copy(),
                new StartUp(),
                new FirstStatements(),
                new RowDecode(),
                new LongStream(),
                new GrowthInRows(),
                new GrowthInColumns(),
                new GrowthInBytes(),
                new GrowthInConnections(),
                new ColumnStream(),
                new ComposedStream()));
        works.addAll(PooledSelects.all());
        works.addAll(SharedSelects.all());
        works.addAll(List.of(
                new WideOnDemand(),
                new WideCopy(),
                new WideCopyRows(),
                WideStream.tls(),
                Connect.plain(),
                Connect.tls()));
        return works;
    }

    /** The one in rounds that has this name. */
    static RoundWork named(String name) {
        return all().stream()
                .filter(RoundWork.class::isInstance)
                .map(RoundWork.class::cast)
                .filter(work -> work.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
