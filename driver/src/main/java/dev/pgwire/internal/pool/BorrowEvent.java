package dev.pgwire.internal.pool;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** Of a recording: a borrower has waited. */
@Name("pgwire.PoolBorrow")
@Label("Pool Borrow")
@Category({"PostgreSQL", "Pool"})
@Description("A thread waited for a connection of a pool")
@Threshold("10 ms")
final class BorrowEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Failure")
    @Description("Why there was no connection; null if there was one")
    @Nullable
    String failure;
}
