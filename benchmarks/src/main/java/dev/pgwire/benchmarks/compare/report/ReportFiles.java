package dev.pgwire.benchmarks.compare.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** The files of a report, in one directory: what they had in them before is gone. */
public final class ReportFiles {
    /** For a unit of the sheet: sharp on a screen that has two for each. */
    private static final int PIXELS = 2;

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
            draw(report);
        } catch (LinkageError | RuntimeException e) {
            // As on a machine without fonts: the numbers are worth more than the pictures.
            System.err.println("compare: no pictures, " + e);
        }
    }

    /** Draws the pictures alone, as {@link #write} does. */
    public void draw(Report report) throws IOException {
        Files.createDirectories(directory);
        List<Line> lines = Line.of(report);
        if (!lines.isEmpty()) {
            Sheet sheet = DotPlot.draw(lines);
            try (OutputStream out = Files.newOutputStream(directory.resolve("compare.png"))) {
                sheet.png(out, PIXELS);
            }
            Files.writeString(directory.resolve("compare.svg"), sheet.svg());
        }
        if (report.rows().stream().anyMatch(Row::isGrowth)) {
            XYChart growth = new GrowthChart(report).chart();
            for (String format : List.of("png", "svg")) {
                try (OutputStream out = Files.newOutputStream(directory.resolve("growth." + format))) {
                    ChartEncoder.saveChart(growth, out, format);
                }
            }
        }
    }
}
