package dev.pgwire.benchmarks.compare.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/** The files of a report, in one directory: what they had in them before is gone. */
public final class ReportFiles {
    private final Path directory;

    /** In a directory, which is made if need be. */
    public ReportFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes {@code compare.json}, {@code compare.md} and the pictures, of which one that would have nothing in it is not
     * drawn.
     */
    public void write(Report report) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("compare.json"), report.toJson());
        Files.writeString(directory.resolve("compare.md"), new Markdown(report).text());
        try {
            draw(new Pictures(report), report);
        } catch (LinkageError | RuntimeException e) {
            // As on a machine without fonts: the numbers are worth more than the pictures.
            System.err.println("compare: no pictures, " + e);
        }
    }

    private void draw(Pictures pictures, Report report) throws IOException {
        if (report.rows().stream()
                .anyMatch(row -> !row.isGrowth() && !row.ratios().isEmpty())) {
            draw(pictures.comparison(), "compare");
        }
        if (report.rows().stream().anyMatch(Row::isGrowth)) {
            draw(pictures.growth(), "growth");
        }
    }

    private void draw(IChart chart, String name) throws IOException {
        for (String format : List.of("png", "svg")) {
            try (OutputStream out = Files.newOutputStream(directory.resolve(name + "." + format))) {
                ChartEncoder.saveChart(chart, out, format);
            }
        }
    }
}
