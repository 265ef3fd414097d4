package dev.pgwire.console.shell;

import dev.pgwire.console.output.RawText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file or of standard input, as {@link RawText}. */
public final class FileLines implements Script.Lines, Closeable {
    private final InputStream in;
    private int skipped;

    public FileLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    public static FileLines open(Path file) throws IOException {
        return new FileLines(Files.newInputStream(file));
    }

    /** Why a file cannot be opened, in the words of the system. */
    public static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof AccessDeniedException ? "Permission denied" : String.valueOf(failure.getReason());
    }

    @Override
    public @Nullable String next(String prompt) throws IOException {
        byte[] line = read();
        return line == null ? null : RawText.decode(line);
    }

    /** Only a line feed ends a line: a carriage return may be part of a literal. */
    private byte @Nullable [] read() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        return line.toByteArray();
    }

    @Override
    public byte @Nullable [] data() throws IOException {
        byte[] line = read();
        skipped += line == null ? 0 : 1;
        return line;
    }

    @Override
    public int skipped() {
        int lines = skipped;
        skipped = 0;
        return lines;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
