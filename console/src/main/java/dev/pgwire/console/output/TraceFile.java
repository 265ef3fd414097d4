package dev.pgwire.console.output;

import dev.pgwire.config.Config;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code --trace FILE}, or nothing. */
public record TraceFile(@Nullable BufferedWriter writer) implements Closeable {

    public static TraceFile open(@Nullable Path file) throws IOException {
        return new TraceFile(file == null ? null : Files.newBufferedWriter(file));
    }

    public Config traced(Config config) {
        return writer == null ? config : config.toBuilder().trace(writer).build();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
