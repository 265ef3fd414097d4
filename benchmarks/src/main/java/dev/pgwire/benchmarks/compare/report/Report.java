package dev.pgwire.benchmarks.compare.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;

/** Everything that came out: what the files are written from. */
public record Report(Environment environment, List<Row> rows) {
    /** Null is told: a target that could not be judged is something else than one that is missing. */
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    public Report {
        rows = List.copyOf(rows);
    }

    /** As {@code compare.json}. */
    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /** What {@link #toJson} wrote. */
    public static Report fromJson(String json) {
        return GSON.fromJson(json, Report.class);
    }
}
