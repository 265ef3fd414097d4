package dev.pgwire.internal.row;

import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import java.util.List;

/** Makes the plans for results, with the codecs of a registry. */
public final class RowPlanner {
    private final TypeRegistry types;

    /** A planner with these codecs. */
    public RowPlanner(TypeRegistry types) {
        this.types = types;
    }

    /** The plan for rows that will come in the formats that the description says. */
    public RowPlan asDescribed(RowDescription description) {
        return RowPlan.asDescribed(description, types);
    }

    /** The plan for one column that comes as text. */
    public RowPlan ofText(String name, int oid) {
        return asDescribed(new RowDescription(
                List.of(new RowDescription.Field(name, 0, (short) 0, oid, (short) -1, -1, Format.TEXT))));
    }

    /** The same plan, with what is known of its types by now. */
    public RowPlan again(RowPlan plan) {
        return plan.with(types);
    }

    /** The plan for the same columns, all of them in one format. */
    public RowPlan allIn(RowPlan plan, Format format) {
        return plan.allIn(format, types);
    }

    /** The plan for a prepared statement: binary where there is a codec, unless its text says more, and text for the rest. */
    public RowPlan preferBinary(RowDescription description) {
        return RowPlan.asWanted(description, types);
    }
}
