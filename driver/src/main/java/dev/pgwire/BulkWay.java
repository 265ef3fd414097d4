package dev.pgwire;

import dev.pgwire.internal.insert.InsertWay;
import org.jspecify.annotations.Nullable;

/** How {@link Connection#insertMany(BulkInsert, Iterable)} brings rows into a table. */
public enum BulkWay {
    /**
     * The quickest way whose outcome is that of an INSERT for each row. Fewer than 100 rows are {@link #PIPELINED}, and so are
     * rows of more than about 1.3 KB; others are an {@link #UNNEST}; with more than 4,000 rows or 128 KiB they are a {@link
     * #COPY}, unless ON CONFLICT or RETURNING is asked for. What does not suit a way goes another: a type without a codec
     * (arrays, enums, domains ...), a String for a type that is not text, ON CONFLICT DO UPDATE, a view, a table with rules,
     * row level security.
     */
    AUTOMATIC(null),
    /** One INSERT for each row, sent without waiting for the answers. Takes everything. */
    PIPELINED(InsertWay.PIPELINED),
    /**
     * {@code INSERT ... SELECT * FROM unnest(...)}, one for about 128 KiB of rows. ON CONFLICT DO UPDATE fails if it comes to
     * a row twice. Takes columns whose types have codecs, and values of those types.
     */
    UNNEST(InsertWay.UNNEST),
    /**
     * {@code COPY ... FROM STDIN} in binary. It is not seen by rules, and the server refuses it where row level security
     * applies. Takes columns whose types have codecs, and values of those types.
     */
    COPY(InsertWay.COPY);

    private final @Nullable InsertWay way;

    BulkWay(@Nullable InsertWay way) {
        this.way = way;
    }

    @Nullable
    InsertWay way() {
        return way;
    }
}
