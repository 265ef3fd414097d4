package dev.pgwire.internal.row;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.type.TypeRegistry;

/** Makes the plans for results, with the codecs of a registry. */
public final class RowPlanner {
    private final TypeRegistry types;

    /** A planner with these codecs. */
    public RowPlanner(TypeRegistry types) {
        this.types = types;
    }

    /** The plan for rows that will come in the formats that the description says. */
    public RowPlan asDescribed(RowDescription description) {
        return RowPlan.of(description, types, null);
    }

    /** The plan for a prepared statement: binary wherever there is a codec, text for the rest. */
    public RowPlan preferBinary(RowDescription description) {
        return RowPlan.of(description, types, Format.BINARY);
    }
}
