package dev.pgwire;

import dev.pgwire.internal.answer.Watched;
import dev.pgwire.internal.copy.ByteSource;
import dev.pgwire.internal.copy.CopyingIn;
import dev.pgwire.internal.copy.CopyingOut;
import dev.pgwire.internal.copy.RawBytes;
import dev.pgwire.internal.copy.RowWriting;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionCopies;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.observe.StatementKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a connection copies to the server and from there. */
final class Copies {
    private final Session session;
    private final @Nullable Duration deadline;

    Copies(Session session, @Nullable Duration deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    private CopyStatement statement(String sql, CopyStatement.Direction direction) {
        Objects.requireNonNull(sql, "sql");
        session.checkOpen();
        return CopyStatement.of(sql, direction, session.server().hasBackslashEscapes());
    }

    long in(String sql, CopySource from) throws IOException {
        CopyStatement statement = statement(sql, CopyStatement.Direction.FROM_STDIN);
        CopyProgress progress = from.progress();
        ByteSource source = from.open(statement.form());
        CopyingIn copying = new CopyingIn(session.dispatch(), statement, source, bytes -> progress.moved(bytes, 0));
        try {
            return session.run(Watched.counting(session.dispatch(), StatementKind.COPY_IN, sql, copying), deadline);
        } finally {
            copying.close();
        }
    }

    CopyWriter writer(String sql, Connection connection) {
        CopyStatement statement = statement(sql, CopyStatement.Direction.FROM_STDIN);
        SessionCopies copies = session.copies();
        return new CopyWriter(connection, copies, copies.begin(statement, deadline));
    }

    long rows(String sql, Iterable<?> rows) {
        CopyStatement statement = statement(sql, CopyStatement.Direction.FROM_STDIN);
        return session.run(
                Watched.counting(
                        session.dispatch(),
                        StatementKind.COPY_IN,
                        sql,
                        RowWriting.whole(session.dispatch(), statement, rows.iterator(), (bytes, written) -> {})),
                deadline);
    }

    Cursor cursor(String sql, Connection connection) {
        CopyStatement statement = statement(sql, CopyStatement.Direction.TO_STDOUT);
        return new Cursor(
                connection,
                sql,
                session.stream(StatementKind.COPY_OUT, CopyingOut.rows(session.dispatch(), statement), sql, deadline));
    }

    long out(String sql, CopySink to) throws IOException {
        CopyStatement statement = statement(sql, CopyStatement.Direction.TO_STDOUT);
        RowStream rows =
                session.stream(StatementKind.COPY_OUT, CopyingOut.raw(session.dispatch(), statement), sql, deadline);
        try (CopySink.Open sink = to.open(statement.form())) {
            RawBytes data = new RawBytes();
            while (data.take(rows.slice())) {
                sink.write(data.bytes(), data.length());
                to.progress().moved(data.total(), rows.rowNumber());
            }
            return rows.rowCount();
        } catch (Throwable failed) {
            stop(rows, failed);
            throw failed;
        }
    }

    private static void stop(RowStream rows, Throwable failed) {
        try {
            rows.stop();
        } catch (RuntimeException also) {
            if (also != failed) {
                failed.addSuppressed(also);
            }
        }
    }
}
