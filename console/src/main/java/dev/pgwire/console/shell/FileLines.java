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
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file or of standard input, as {@link RawText}. */
public final class FileLines implements Script.Lines, Closeable {
    private final InputStream in;

    public FileLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    public static FileLines open(String file) throws IOException {
        try {
            return new FileLines(Files.newInputStream(Path.of(file)));
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(file);
        }
    }

    /** Why a file cannot be opened, in the words of the system. */
    public static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof AccessDeniedException ? "Permission denied" : String.valueOf(failure.getReason());
    }

    /** Only a line feed ends a line: a carriage return may be part of a literal. */
    @Override
    public @Nullable String next(String prompt) throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        return RawText.decode(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
