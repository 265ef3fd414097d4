package dev.pgwire.internal.row;

import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.type.TypeRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A result that keeps its pages, and rows that lie where a test wants them. */
final class Pages implements RowTarget {
    final List<RowPage> pages = new ArrayList<>();
    final RowPlan plan;

    Pages(RowDescription description) {
        plan = new RowPlanner(TypeRegistry.builtin()).asDescribed(description);
    }

    @Override
    public int columnCount() {
        return plan.size();
    }

    @Override
    public void add(RowPage page) {
        pages.add(page);
    }

    /** One page with these rows. */
    static RowPage page(Pages target, DataRow... rows) {
        RowPageWriter writer = new RowPageWriter();
        ByteBuf array = array(rows);
        int at = 0;
        DataRow window = new DataRow();
        for (DataRow row : rows) {
            writer.append(window.window(array, at, row.length()), target);
            at += row.length();
        }
        writer.flush();
        return target.pages.get(target.pages.size() - 1);
    }

    /** The bodies of the rows, one behind the other in one array. */
    static ByteBuf array(DataRow... rows) {
        ByteBuf all = Unpooled.buffer();
        for (DataRow row : rows) {
            all.writeBytes(row.buffer(), row.index(), row.length());
        }
        return all.capacity(all.writerIndex());
    }
}
