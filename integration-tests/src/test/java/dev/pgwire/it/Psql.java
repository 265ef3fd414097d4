package dev.pgwire.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What libpq does with a connection string, where psql is installed. */
final class Psql {
    private Psql() {}

    static boolean isInstalled() {
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "" : path).split(":")) {
            if (Files.isExecutable(Path.of(directory, "psql"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs a statement.
     *
     * @param connected whether it could
     * @param said the result, or what went wrong
     */
    record Answer(boolean connected, String said) {}

    static Answer ask(String dsn, String sql) {
        return run("psql", "-XAtc", sql, dsn);
    }

    /** 15 for {@code psql (PostgreSQL) 15.18}. */
    static int majorVersion() {
        String[] words = run("psql", "--version").said().split("[ .]");
        return Integer.parseInt(words[2]);
    }

    private static Answer run(String... command) {
        try {
            Process psql = new ProcessBuilder(command).redirectErrorStream(true).start();
            psql.getOutputStream().close();
            String said = new String(psql.getInputStream().readAllBytes());
            if (!psql.waitFor(30, TimeUnit.SECONDS)) {
                psql.destroyForcibly();
                throw new AssertionError("psql does not end");
            }
            return new Answer(psql.exitValue() == 0, said.strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
