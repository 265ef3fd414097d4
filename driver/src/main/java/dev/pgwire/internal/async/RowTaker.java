package dev.pgwire.internal.async;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** What a subscriber gets for a row. */
@FunctionalInterface
interface RowTaker<T> {
    /** The value for one row of a page, which may be kept when the page is received into again. */
    T take(RowPage page, int row);

    /** The row itself. */
    static Function<RowPlan, RowTaker<Row>> rows() {
        return plan -> (page, row) -> page.keep(plan, row);
    }

    /** The only column, of a page that is not received into again. */
    static Function<RowPlan, RowTaker<ByteBuffer>> buffers() {
        return plan -> (page, row) -> {
            int at = page.places()[row];
            return ByteBuffer.wrap(page.bytes(), at + 4, BigEndian.getInt(page.bytes(), at))
                    .slice();
        };
    }

    /** A record; the row that it is made of is moved over the page. */
    static <T extends Record> Function<RowPlan, RowTaker<T>> records(Class<T> type) {
        return plan -> {
            RecordMapper<T> mapper = plan.mapper(type);
            PageRow current = PageRow.movable(plan);
            return (page, row) -> {
                current.moveTo(page, row);
                return mapper.map(current);
            };
        };
    }

    /** What a mapper makes of the row, which it may keep. */
    static <T> Function<RowPlan, RowTaker<T>> mapped(RowMapper<T> mapper) {
        return plan -> (page, row) -> mapper.map(page.keep(plan, row));
    }
}
