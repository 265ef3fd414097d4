package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.ComposedTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.util.List;

/**
 * The physical floor: reads the same bytes as the others and only finds the frames. It decodes nothing, so no driver can be
 * faster; whatever it takes, the server and the kernel take.
 */
public final class Drain implements Contestant {
    private static final byte[] WIDE = wideRequest();
    private static final byte[] COMPOSED = request(ComposedTable.SELECT);
    private static final byte[] NUMBERS = request(WideTable.SELECT_NUMBERS);

    private final Wire wire;
    private long rowBytes;

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
        read(WIDE, into::skip);
    }

    @Override
    public void streamNumbers(WideNumbers into) throws IOException {
        read(NUMBERS, into::skip);
    }

    @Override
    public void streamComposed(ComposedValues into) throws IOException {
        read(COMPOSED, into::skip);
    }

    private void read(byte[] request, Runnable row) throws IOException {
        rowBytes = 0;
        wire.send(request, request.length);
        for (int frame = wire.frame(); wire.bytes()[frame] != 'Z'; frame = wire.frame()) {
            if (wire.bytes()[frame] == DataRow.TAG) {
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
