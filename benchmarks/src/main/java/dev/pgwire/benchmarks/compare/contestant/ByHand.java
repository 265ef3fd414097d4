package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What no general driver beats: requests and answers whose every byte is known beforehand. It serves these statements and no
 * others.
 */
final class ByHand implements Contestant {
    private static final byte[] WIDE = Drain.wideRequest();
    private static final int INT4 = 23;
    /** With more than this in flight nothing more is sent; half of it made no difference. */
    private static final int ENOUGH = 32;
    /** With fewer answers at once it waits longer the next time. */
    private static final int FEW = 8;
    /** With what the system takes to end it, time for some answers. */
    private static final long GATHERING = 80_000;

    private final Wire wire;
    private final byte[] point;
    private final byte[] bind;
    private final byte[] sync = Wire.encode(Command.SYNC);

    ByHand(Address address, Link link) throws IOException {
        wire = new Wire(address, link);
        wire.send(new Parse("p", PointTable.select("$1"), new int[] {INT4}), Command.SYNC);
        wire.finish();
        wire.send(new Parse("i", TargetTable.insert("$1, $2, $3, $4"), new int[0]), Command.SYNC);
        wire.finish();
        FrontendMessage select =
                new Bind("", "p", List.of(Format.BINARY), List.of(new byte[4]), List.of(Format.BINARY));
        bind = Wire.encode(select, new Execute("", 0));
        point = Wire.encode(select, new Execute("", 0), Command.SYNC);
    }

    /** Behind tag, length, portal, statement, format and the two counts stands the length of the key, then the key. */
    private static final int KEY_AT = 1 + 4 + 1 + 2 + 4 + 2 + 4;

    @Override
    public int backend() {
        return wire.backend();
    }

    @Override
    public String pointSelect(int key) throws IOException {
        Wire.INT.set(point, KEY_AT, key);
        wire.send(point, point.length);
        String value = "";
        for (int frame = wire.frame(); wire.bytes()[frame] != 'Z'; frame = wire.frame()) {
            if (wire.bytes()[frame] == DataRow.TAG) {
                value = text(frame);
            }
        }
        return value;
    }

    @Override
    public void pointSelects(int[] keys, PointValues into) throws IOException {
        byte[] request = new byte[keys.length * bind.length + sync.length];
        int at = 0;
        for (int key : keys) {
            System.arraycopy(bind, 0, request, at, bind.length);
            Wire.INT.set(request, at + KEY_AT, key);
            at += bind.length;
        }
        System.arraycopy(sync, 0, request, at, sync.length);
        wire.send(request, request.length);
        for (int frame = wire.frame(); wire.bytes()[frame] != 'Z'; frame = wire.frame()) {
            if (wire.bytes()[frame] == DataRow.TAG) {
                into.add(text(frame));
            }
        }
    }

    /**
     * Holds back what is to be sent while the server has enough to do, and lets answers gather before it reads them: each process
     * is then woken for several statements, and not for each.
     */
    @Override
    public void selectInFlight(int[] keys, int inFlight, PointValues into) throws IOException {
        byte[] request = new byte[inFlight * point.length];
        int written = 0;
        int sent = 0;
        int answered = 0;
        int sinceWait = 0;
        while (written < Math.min(inFlight, keys.length)) {
            put(request, written * point.length, keys[written++]);
        }
        while (answered < keys.length) {
            if (!wire.hasFrame()) {
                if (written > sent && sent - answered <= ENOUGH) {
                    wire.send(request, (written - sent) * point.length);
                    sent = written;
                } else if (sinceWait < FEW && sent - answered > FEW) {
                    LockSupport.parkNanos(GATHERING);
                }
                sinceWait = 0;
            }
            int frame = wire.frame();
            byte tag = wire.bytes()[frame];
            if (tag == DataRow.TAG) {
                into.add(text(frame));
            } else if (tag == 'Z') {
                answered++;
                sinceWait++;
                if (written < keys.length) {
                    put(request, (written - sent) * point.length, keys[written++]);
                }
            }
        }
    }

    private void put(byte[] request, int at, int key) {
        System.arraycopy(point, 0, request, at, point.length);
        Wire.INT.set(request, at + KEY_AT, key);
    }

    /** The only column of a DataRow. */
    private String text(int frame) {
        return new String(
                wire.bytes(), frame + 11, (int) Wire.INT.get(wire.bytes(), frame + 7), StandardCharsets.UTF_8);
    }

    @Override
    public void streamWide(WideValues into) throws IOException {
        wire.send(WIDE, WIDE.length);
        for (int frame = wire.frame(); wire.bytes()[frame] != 'Z'; frame = wire.frame()) {
            if (wire.bytes()[frame] == DataRow.TAG) {
                WideRow.decode(wire.bytes(), frame, into);
            }
        }
    }

    @Override
    public void insert(NewRows rows) throws IOException {
        // Answers are read after each Sync; a batch's answers fit what the kernel buffers, so neither
        // side waits for the other.
        run("BEGIN");
        for (List<NewRow> batch : rows.batches(1_000)) {
            byte[] request = new byte[batch.size() * InsertRequest.MAX + sync.length];
            int at = 0;
            for (NewRow row : batch) {
                at = InsertRequest.put(request, at, row);
            }
            System.arraycopy(sync, 0, request, at, sync.length);
            wire.send(request, at + sync.length);
            wire.finish();
        }
        run("COMMIT");
    }

    @Override
    public void run(String sql) throws IOException {
        wire.send(new Query(sql));
        wire.finish();
    }
}
