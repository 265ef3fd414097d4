package dev.pgwire;

import dev.pgwire.internal.cursor.PagedPortal;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.internal.session.Session;
import dev.pgwire.observe.StatementKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pages of a result, each asked for when those before it were read. */
final class Pages implements RowStream.Sequel {
    private final Connection connection;
    private final PagedPortal portal;
    private final String sql;
    private final @Nullable Duration deadline;

    private Pages(Connection connection, PagedPortal portal, String sql, @Nullable Duration deadline) {
        this.connection = connection;
        this.portal = portal;
        this.sql = sql;
        this.deadline = deadline;
    }

    /** Runs a statement up to the first rows of its first page. */
    static RowStream of(
            Connection connection, String sql, @Nullable Object[] values, int size, @Nullable Duration deadline) {
        Session session = connection.session();
        PagedPortal portal = new PagedPortal(session.dispatch(), sql, size);
        return session.stream(StatementKind.STATEMENT, portal.opening(values), sql, deadline)
                .followedBy(new Pages(connection, portal, sql, deadline));
    }

    @Override
    public @Nullable RowStream next() {
        return portal.isSuspended()
                ? connection.session().stream(StatementKind.FETCH, portal.next(), sql, deadline)
                : null;
    }

    @Override
    public void close() {
        if (portal.isSuspended() && !connection.isClosed()) {
            connection.session().run(portal.closing(), deadline);
        }
    }
}
