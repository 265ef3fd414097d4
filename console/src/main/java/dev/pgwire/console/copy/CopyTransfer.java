package dev.pgwire.console.copy;

import dev.pgwire.CopySink;
import dev.pgwire.CopySource;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.shell.Answer;
import dev.pgwire.console.shell.Results;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.shell.Statements;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A COPY between the server and a stream: that of {@code \copy}, or the script's own. */
public final class CopyTransfer {
    private final Shell shell;
    private final Results results;
    private final CopyEnd end;

    public CopyTransfer(Shell shell, Results results) {
        this.shell = shell;
        this.results = results;
        this.end = results.copy();
    }

    /** Whether it went well; null if it is no COPY to the driver, and nothing was sent. */
    @Nullable
    public Boolean run(String sql, CopyDirection direction, boolean setsVariables) {
        Statements statements = shell.statements();
        CopyData lines = new CopyData(shell.lines());
        statements.running(sql);
        try {
            String tag = "COPY " + (direction == CopyDirection.IN ? in(sql, lines) : out(sql));
            if (setsVariables) {
                statements.succeeded(new Answer(null, null, tag));
            }
            return true;
        } catch (InterfaceException e) {
            return null;
        } catch (PgException e) {
            return statements.failed(e, setsVariables);
        } catch (IOException e) {
            shell.messages().error(String.valueOf(e.getMessage()));
            return false;
        } finally {
            statements.running(null);
            skip(lines);
        }
    }

    private long in(String sql, CopyData lines) throws IOException {
        InputStream given = end.in();
        // The server may refuse the COPY after it has asked for the data, and before any was read.
        CopySource source = given != null
                ? CopySource.of(given)
                : CopySource.of(lines).onProgress((bytes, stored) -> lines.begin());
        ProgressBar bar = given == null ? null : bar();
        long rows;
        try {
            rows = shell.connection().copyIn(sql, bar == null ? source : source.onProgress(bar));
        } finally {
            end(bar);
        }
        Results.printTag(shell, "COPY " + rows);
        return rows;
    }

    /** The tag is not told where it would be taken for data. */
    private long out(String sql) throws IOException {
        OutputStream to = end.out();
        boolean silent = end.isSilent();
        if (to == null) {
            PrintStream stream = results.stream();
            silent = stream == null || stream == shell.results().stream();
            to = stream == null ? OutputStream.nullOutputStream() : new Kept(stream);
        }
        ProgressBar bar = end.out() == null || silent ? null : bar();
        long rows;
        try {
            CopySink sink = CopySink.of(to);
            rows = shell.connection().copyOut(sql, bar == null ? sink : sink.onProgress(bar));
        } finally {
            end(bar);
        }
        if (!silent) {
            Results.printTag(shell, "COPY " + rows);
        }
        return rows;
    }

    /** Null where a person does not see it, or does not want to. */
    private @Nullable ProgressBar bar() {
        boolean isSeen = shell.layout().terminalWidth() > 0 && shell.messages().areSeen();
        String wanted = shell.variables().get("COPY_PROGRESS");
        boolean isOff = wanted != null && Boolean.FALSE.equals(Switch.parse(wanted));
        return isSeen && !isOff ? new ProgressBar(shell.messages().errorStream(), end.size(), System::nanoTime) : null;
    }

    private static void end(@Nullable ProgressBar bar) {
        if (bar != null) {
            bar.end();
        }
    }

    private void skip(CopyData lines) {
        try {
            lines.skip();
        } catch (IOException e) {
            shell.messages().error("could not read from input file: " + e.getMessage());
        }
    }

    /** A stream that is not closed with what is written to it. */
    private static final class Kept extends FilterOutputStream {
        Kept(PrintStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
