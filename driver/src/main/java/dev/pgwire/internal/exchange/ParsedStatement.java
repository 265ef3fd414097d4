package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.backend.RowDescription;
import org.jspecify.annotations.Nullable;

/** What is known of a statement that is parsed and run in one go, and what its answer tells of it. */
public interface ParsedStatement {
    /** ParseComplete came: the server has the statement. */
    void parsed();

    /**
     * The columns of the portal came, which may be others than those that were known.
     *
     * @param columns null if the statement gives no rows
     * @return how its rows are read
     */
    @Nullable
    RowPlan described(@Nullable RowDescription columns);

    /** The request has failed, at any point. */
    void failed();
}
