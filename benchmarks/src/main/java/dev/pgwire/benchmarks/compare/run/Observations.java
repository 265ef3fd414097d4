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

    /**
     * The same, where one contestant told the reading of many sizes: a reading {@code wall 1,000} becomes the reading
     * {@code wall} of {@code 1,000}.
     */
    public Observations bySize() {
        Observations sizes = new Observations();
        values.forEach((reading, contestants) -> {
            int space = reading.indexOf(' ');
            if (space > 0) {
                contestants
                        .values()
                        .forEach(all -> all.forEach(
                                value -> sizes.add(reading.substring(space + 1), reading.substring(0, space), value)));
            }
        });
        return sizes;
    }

    /** Each contestant's values of one reading, summed up, in the order in which they came. */
    public Map<String, Summary> summaries(String reading) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        values.getOrDefault(reading, Map.of()).forEach((name, all) -> summaries.put(name, Summary.of(all)));
        return summaries;
    }
}
