package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.report.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was read off in all rounds that count: by reading, by contestant. */
public final class Observations {
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** Notes one value. */
    public void add(String contestant, String reading, double value) {
        values.computeIfAbsent(reading, key -> new LinkedHashMap<>())
                .computeIfAbsent(contestant, key -> new ArrayList<>())
                .add(value);
    }

    /** Each contestant's values of one reading, summed up, in the order in which they came. */
    public Map<String, Summary> summaries(String reading) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        values.getOrDefault(reading, Map.of()).forEach((name, all) -> summaries.put(name, Summary.of(all)));
        return summaries;
    }
}
