package dev.pgwire.internal.copy;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.RowDescription;
import java.util.List;

/** How the data of a COPY TO STDOUT becomes rows. */
interface CopiedRows {
    /** How the rows are read. */
    RowPlan plan();

    /** The server has told what comes. */
    default void begin(CopyOutResponse response) {}

    /** All has come. */
    default void end() {}

    /**
     * Takes the pieces that stand one behind the other in received bytes, which it may change; each is a row.
     *
     * @return where the first frame begins that is no CopyData, or of which a part is still missing
     */
    int take(byte[] bytes, int from, int to, RowPageWriter pages, Result result);

    /** One column of bytes. */
    static RowPlan bytes(RowPlanner planner) {
        return planner.asDescribed(new RowDescription(
                List.of(new RowDescription.Field("data", 0, (short) 0, 17, (short) -1, -1, Format.BINARY))));
    }
}
