package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.ComposedTable;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The physical floor: reads the same bytes as the others and only finds the frames. It decodes nothing, so no driver can be
 * faster; whatever it takes, the server and the kernel take.
 */
public final class Drain implements Contestant {
    private static final byte[] WIDE = wideRequest();
    private static final byte[] COMPOSED = request(ComposedTable.SELECT);
    private static final byte[] COPY = Wire.encode(new Query(WideTable.COPY));
    private static final int COPY_PIECE = 64 * 1024;
    private static final byte[] NUMBERS = request(WideTable.SELECT_NUMBERS);

    private final Wire wire;
    private long rowBytes;
    /** What {@link #copy} sends; made in the first round, which is not measured. */
    private byte @Nullable [] copyIn;

    Drain(Address address) throws IOException {
        wire = new Wire(address, StreamLink.open(address));
    }

    /** Asks for the table {@code wide}, all of it in binary. */
    static byte[] wideRequest() {
        return request(WideTable.SELECT);
    }

    private static byte[] request(String sql) {
        return Wire.encode(
                new Parse("", sql, new int[0]),
                new Bind("", "", List.of(), List.of(), List.of(Format.BINARY)),
                new Execute("", 0),
                Command.SYNC);
    }

    @Override
    public int backend() {
        return wire.backend();
    }

    @Override
    public void streamWide(WideValues into) throws IOException {
        read(WIDE, DataRow.TAG, into::skip);
    }

    @Override
    public long copyWide() throws IOException {
        long[] rows = {0};
        read(COPY, CopyData.TAG, () -> rows[0]++);
        return rows[0];
    }

    /** Text that was made before, so that only the server has work: no driver can be faster. */
    @Override
    public void copy(NewRows rows) throws IOException {
        byte[] ready = copyIn;
        if (ready == null) {
            ready = copyIn(rows);
            copyIn = ready;
        }
        wire.send(new Query(TargetTable.COPY));
        wire.frame();
        wire.send(ready, ready.length);
        wire.finish();
    }

    /** The messages of a COPY, with the data in pieces of 64 KiB. */
    private static byte[] copyIn(NewRows rows) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (NewRow row : rows.rows()) {
            text.writeBytes((row.id() + "\t" + row.name() + "\t" + row.value() + "\t" + row.at() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = text.toByteArray();
        List<FrontendMessage> messages = new ArrayList<>();
        for (int from = 0; from < all.length; from += COPY_PIECE) {
            messages.add(new dev.pgwire.protocol.frontend.CopyData(
                    Arrays.copyOfRange(all, from, Math.min(all.length, from + COPY_PIECE))));
        }
        messages.add(Command.COPY_DONE);
        return Wire.encode(messages.toArray(new FrontendMessage[0]));
    }

    @Override
    public void streamNumbers(WideNumbers into) throws IOException {
        read(NUMBERS, DataRow.TAG, into::skip);
    }

    @Override
    public void streamComposed(ComposedValues into) throws IOException {
        read(COMPOSED, DataRow.TAG, into::skip);
    }

    private void read(byte[] request, byte tag, Runnable row) throws IOException {
        rowBytes = 0;
        wire.send(request, request.length);
        for (int frame = wire.frame(); wire.bytes()[frame] != 'Z'; frame = wire.frame()) {
            if (wire.bytes()[frame] == tag) {
                rowBytes += 1 + (int) Wire.INT.get(wire.bytes(), frame + 1);
                row.run();
            }
        }
    }

    /** How many bytes the rows of {@code wide} are on the wire, in their DataRow messages. */
    public static long wideBytes(Address address) throws IOException {
        Drain drain = new Drain(address);
        try (drain.wire) {
            drain.streamWide(WideValues.timed());
            return drain.rowBytes;
        }
    }

    @Override
    public void run(String sql) throws IOException {
        wire.send(new Query(sql));
        wire.finish();
    }
}
