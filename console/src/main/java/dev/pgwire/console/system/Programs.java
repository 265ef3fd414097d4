package dev.pgwire.console.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.output.RawText;
import dev.pgwire.console.shell.FileLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Programs of the system, with the console's environment and its current directory, both of which commands change. */
public final class Programs {
    private static final String USUAL_PAGER = "if command -v less >/dev/null; then exec less; else exec more; fi";

    private final Map<String, String> environment;
    private final boolean onTerminal;
    private Path directory;

    /**
     * The programs to be.
     *
     * @param onTerminal whether they may have the console's own terminal; else what they print is printed by the console
     */
    public Programs(Map<String, String> environment, Path directory, boolean onTerminal) {
        this.environment = new TreeMap<>(environment);
        this.directory = directory;
        this.onTerminal = onTerminal;
    }

    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    public void variable(String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    /** The path that a name means here: in the current directory, or in the user's own behind a tilde. */
    public Path path(String name) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String expanded = name.equals("~") || name.startsWith("~/") ? home + name.substring(1) : name;
        return directory.resolve(expanded);
    }

    public Path directory() {
        return directory;
    }

    public void directory(Path newDirectory) {
        directory = newDirectory.normalize();
    }

    /** Runs a command, and hands over what it prints; its exit status. */
    public int run(String command, OutputStream out, OutputStream err) throws IOException {
        ProcessBuilder builder = builder(command);
        if (onTerminal) {
            builder.inheritIO();
        } else {
            builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        }
        Process process = builder.start();
        if (!onTerminal) {
            Pump errors = new Pump(process.getErrorStream(), err);
            process.getInputStream().transferTo(out);
            errors.finish();
        }
        return await(process);
    }

    /** What a command prints, without the line feeds at the end; null, if it cannot be run or fails. */
    public @Nullable String output(String command, OutputStream err) throws IOException {
        Process process = builder(command).start();
        process.getOutputStream().close();
        Pump errors = new Pump(process.getErrorStream(), err);
        byte[] printed = process.getInputStream().readAllBytes();
        errors.finish();
        String text = RawText.decode(printed);
        boolean ended = text.endsWith("\n");
        return await(process) == 0 ? (ended ? text.substring(0, text.length() - 1) : text) : null;
    }

    /** A stream into a command, which ends, and has printed all, when the stream is closed. */
    public OutputStream into(String command, OutputStream out, OutputStream err) throws IOException {
        ProcessBuilder builder = builder(command);
        if (onTerminal) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        return new IntoProgram(builder.start(), onTerminal, out, err);
    }

    /** A stream into the pager, {@code PSQL_PAGER} or {@code PAGER}; null if these say that there is to be none. */
    @Nullable
    PagerStream pager(OutputStream out, OutputStream err) throws IOException {
        String named = environment.getOrDefault("PSQL_PAGER", environment.getOrDefault("PAGER", USUAL_PAGER));
        if (named.isBlank()) {
            return null;
        }
        ProcessBuilder builder = builder(named);
        if (onTerminal) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        Process process = builder.start();
        List<Pump> pumps = onTerminal
                ? List.of()
                : List.of(new Pump(process.getInputStream(), out), new Pump(process.getErrorStream(), err));
        return new PagerStream(process, pumps);
    }

    /** What a command prints, as a stream. */
    public InputStream from(String command) throws IOException {
        Process process =
                builder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        return process.getInputStream();
    }

    private ProcessBuilder builder(String command) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Why something could not be opened or run, in one line. */
    static String reason(IOException failure) {
        return failure instanceof java.nio.file.FileSystemException file
                ? FileLines.reason(file)
                : String.valueOf(failure.getMessage());
    }

    /** Reads what a program says while another stream of it is read. */
    static final class Pump {
        private final Thread thread;

        Pump(InputStream from, OutputStream to) {
            thread = new Thread(() -> {
                try {
                    from.transferTo(to);
                } catch (IOException e) {
                    // The program has gone, or nothing can be printed, which the console notices itself.
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        void finish() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class IntoProgram extends OutputStream {
        private final Process process;
        private final OutputStream in;
        private final @Nullable Pump out;
        private final @Nullable Pump err;
        private boolean gone;

        IntoProgram(Process process, boolean onTerminal, OutputStream out, OutputStream err) {
            this.process = process;
            this.in = process.getOutputStream();
            this.out = onTerminal ? null : new Pump(process.getInputStream(), out);
            this.err = onTerminal ? null : new Pump(process.getErrorStream(), err);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        /** A program that has read enough is no error. */
        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                if (!gone) {
                    in.write(bytes, offset, length);
                }
            } catch (IOException e) {
                gone = true;
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                gone = true;
            }
            if (out != null && err != null) {
                out.finish();
                err.finish();
            }
            await(process);
        }
    }

    /** The text that backquotes stand for. */
    public String backquoted(String command, Messages messages) {
        try {
            String text = output(command, messages.errorStream());
            if (text != null) {
                return text;
            }
            messages.error(command + ": command failed");
        } catch (IOException e) {
            messages.error(command + ": " + reason(e));
        }
        return new String(new byte[0], UTF_8);
    }
}
