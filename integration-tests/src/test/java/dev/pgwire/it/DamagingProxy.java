package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Stands before a server and damages the fields of wide rows, not the messages that they come in. */
final class DamagingProxy implements AutoCloseable {
    private final Proxy proxy;
    private final int fewestFields;
    private final Random random;
    private volatile boolean isDamaging;

    private DamagingProxy(int serverPort, int fewestFields, Random random) {
        this.fewestFields = fewestFields;
        this.random = random;
        proxy = Proxy.before("127.0.0.1", serverPort).start((frame, line) -> decide(frame));
    }

    static DamagingProxy before(int serverPort, int fewestFields, Random random) {
        return new DamagingProxy(serverPort, fewestFields, random);
    }

    int port() {
        return proxy.port();
    }

    void damage(boolean isDamaging) {
        this.isDamaging = isDamaging;
    }

    private Fate decide(Frame frame) {
        if (frame.side() != Side.BACKEND || frame.tag() != DataRow.TAG || !isDamaging) {
            return Fate.pass();
        }
        DataRow row = (DataRow) frame.message();
        if (row.columnCount() < fewestFields) {
            return Fate.pass();
        }
        List<byte[]> fields = new ArrayList<>();
        for (int i = 0; i < row.columnCount(); i++) {
            byte[] field = row.column(i);
            fields.add(field == null ? null : damaged(field));
        }
        return Fate.change(DataRow.of(fields));
    }

    private byte[] damaged(byte[] field) {
        switch (random.nextInt(4)) {
            case 0:
                byte[] shorter = new byte[random.nextInt(field.length + 1)];
                System.arraycopy(field, 0, shorter, 0, shorter.length);
                return shorter;
            case 1:
                byte[] noise = new byte[field.length];
                random.nextBytes(noise);
                return noise;
            default:
                for (int changes = random.nextInt(3); changes >= 0 && field.length > 0; changes--) {
                    field[random.nextInt(field.length)] = (byte) (random.nextInt(3) - random.nextInt(2) * 128);
                }
                return field;
        }
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
