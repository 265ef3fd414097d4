package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The terminal of this process, by stty(1), when no line editor has it. */
final class ProcessTerminal {
    private ProcessTerminal() {}

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
     * What is typed up to the end of the line, and not shown.
     *
     * @throws IOException if it has gone
     */
    static String readUnseen(Path terminal, String question) throws IOException {
        try (InputStream in = Files.newInputStream(terminal);
                OutputStream out = Files.newOutputStream(terminal)) {
            stty(terminal, "-echo");
            try {
                out.write(question.getBytes(UTF_8));
                return line(in);
            } finally {
                stty(terminal, "echo");
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

    /** Its columns and lines; zeros if it does not tell. */
    static int[] size(Path terminal) {
        try {
            String[] size = stty(terminal, "size").strip().split(" ");
            return size.length == 2 ? new int[] {Integer.parseInt(size[1]), Integer.parseInt(size[0])} : new int[2];
        } catch (IOException | NumberFormatException e) {
            return new int[2];
        }
    }

    private static String stty(Path terminal, String option) throws IOException {
        Process stty = new ProcessBuilder("stty", option)
                .redirectInput(terminal.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(stty.getInputStream().readAllBytes(), UTF_8);
        try {
            stty.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return told;
    }
}
