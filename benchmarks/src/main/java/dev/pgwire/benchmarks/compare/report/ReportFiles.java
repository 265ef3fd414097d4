package dev.pgwire.benchmarks.compare.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a report, in one directory: what they had in them before is gone. */
public final class ReportFiles {
    private final Path directory;

    /** In a directory, which is made if need be. */
    public ReportFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes {@code compare.json}, {@code compare.md} and the pictures. */
    public void write(Report report) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("compare.json"), report.toJson());
        Files.writeString(directory.resolve("compare.md"), new Markdown(report).text());
    }
}
