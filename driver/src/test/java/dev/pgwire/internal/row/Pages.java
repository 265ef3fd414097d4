package dev.pgwire.internal.row;

import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import io.netty.buffer.ByteBufUtil;
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
    public int[] usualWidths() {
        return plan.usualWidths();
    }

    @Override
    public void add(RowPage page) {
        pages.add(page);
    }

    /** One page with these rows. */
    static RowPage page(Pages target, DataRow... rows) {
        RowPageWriter writer = new RowPageWriter();
        byte[] frames = frames(rows);
        writer.append(frames, 0, frames.length, target);
        writer.flush();
        return target.pages.get(target.pages.size() - 1);
    }

    /** The messages, one behind the other, as a socket gives them. */
    static byte[] frames(DataRow... rows) {
        return Messages.bytes(rows);
    }

    /** A message with any body. */
    static byte[] frame(byte[] body) {
        return ByteBufUtil.getBytes(
                Unpooled.buffer().writeByte('D').writeInt(4 + body.length).writeBytes(body));
    }

    /** The body of a message. */
    static byte[] body(DataRow row) {
        return ByteBufUtil.getBytes(row.buffer(), row.index(), row.length());
    }
}
