package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A terminal that does not show what is typed. It is asked when standard input or output is something else. */
final class QuietTerminal {
    private QuietTerminal() {}

    /** Whether the process has it: there is a file of that name in any case. */
    static boolean isOne(Path terminal) {
        try (OutputStream opened = Files.newOutputStream(terminal)) {
            opened.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What is typed up to the end of the line.
     *
     * @throws IOException if it has gone
     */
    static String read(Path terminal, String question) throws IOException {
        try (InputStream in = Files.newInputStream(terminal);
                OutputStream out = Files.newOutputStream(terminal)) {
            set(terminal, "-echo");
            try {
                out.write(question.getBytes(UTF_8));
                return line(in);
            } finally {
                set(terminal, "echo");
                out.write('\n');
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(UTF_8);
    }

    private static void set(Path terminal, String option) throws IOException {
        Process stty = new ProcessBuilder("stty", option)
                .redirectInput(terminal.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            stty.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
