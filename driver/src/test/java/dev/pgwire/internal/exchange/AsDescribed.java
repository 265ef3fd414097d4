package dev.pgwire.internal.exchange;

import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.RowDescription;
import org.jspecify.annotations.Nullable;

/** A statement whose rows are read as its portal is described, whatever was known of it. */
final class AsDescribed implements ParsedStatement {
    @Override
    public void parsed() {}

    @Override
    public @Nullable RowPlan described(@Nullable RowDescription columns) {
        return columns == null ? null : new RowPlanner(TypeRegistry.builtin()).asDescribed(columns);
    }

    @Override
    public void failed() {}
}
