package dev.pgwire.benchmarks;

import dev.pgwire.internal.row.PageRow;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Conversation, exchange, pages and getters, as for a cursor that calls next() and getX(). */
@State(Scope.Thread)
public class DriverDecoder implements RowDecoder {
    private final byte[] rows = WideRows.load();
    private final DriverPath path = new DriverPath(rows);

    @Override
    public void decode(Values values) {
        PageRow row = path.row();
        path.decode(rows, page -> {
            for (int i = 0; i < page.size(); i++) {
                row.moveTo(page, i);
                values.take(row.getInt(0));
                values.take(row.getLong(1));
                values.take(row.getDouble(2));
                values.take(row.getBigDecimal(3));
                values.take(row.getString(4));
                values.take(row.getBoolean(5));
                values.take(row.getOffsetDateTime(6));
                values.take(row.getLocalDate(7));
                values.take(row.getUuid(8));
                values.take(row.getString(9));
            }
        });
    }
}
