package dev.pgwire.bench;

import dev.pgwire.bench.report.Charts;
import dev.pgwire.bench.report.Json;
import dev.pgwire.bench.report.RampReport;
import dev.pgwire.bench.report.VersusReport;
import dev.pgwire.bench.run.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the results go beside the terminal. */
final class OutputOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON")
    private @Nullable Path json;

    @Option(names = "--charts", paramLabel = "DIR", description = "draw the result, as PNG and SVG, in this directory")
    private @Nullable Path charts;

    void write(Result result) throws IOException {
        if (json != null) {
            Files.writeString(json, Json.of(result));
        }
        if (charts != null) {
            Charts.draw(charts, result);
        }
    }

    void write(RampReport ramp) throws IOException {
        if (json != null) {
            Files.writeString(json, Json.of(ramp));
        }
        if (charts != null) {
            Charts.draw(charts, ramp);
        }
    }

    void write(VersusReport versus) throws IOException {
        if (json != null) {
            Files.writeString(json, Json.of(versus));
        }
        if (charts != null) {
            Charts.draw(charts, versus);
        }
    }
}
