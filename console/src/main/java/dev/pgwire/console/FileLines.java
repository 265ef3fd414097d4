package dev.pgwire.console;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file or of standard input. */
final class FileLines implements Script.Lines, Closeable {
    private final BufferedReader reader;

    FileLines(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    static FileLines open(Path file) throws IOException {
        return new FileLines(Files.newInputStream(file));
    }

    /** Only a line feed ends a line: a carriage return may be part of a literal. */
    @Override
    public @Nullable String next(String prompt) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = reader.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
