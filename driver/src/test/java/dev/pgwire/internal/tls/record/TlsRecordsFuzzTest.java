package dev.pgwire.internal.tls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sides talk at the same time, and the network cuts what they say as it likes, or changes it. */
@Timeout(120)
class TlsRecordsFuzzTest {
    private static final int SESSIONS = 10;
    private static final int STEPS = 200;
    /** A request or a row, several, more than a record, more than a write. */
    private static final List<Integer> SIZES = List.of(1, 100, 100, 100, 1000, 20_000, 100_000);

    /** One direction. */
    private static final class Way {
        final TlsPeer from;
        final TlsPeer to;
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] travelling = {};

        Way(TlsPeer from, TlsPeer to) {
            this.from = from;
            this.to = to;
        }

        void say(Random random) throws IOException {
            byte[] plain = new byte[random.nextInt(SIZES.get(random.nextInt(SIZES.size()))) + 1];
            random.nextBytes(plain);
            said.writeBytes(plain);
            from.tls.send(random.nextBoolean() ? ByteBuffer.wrap(plain) : direct(plain));
        }

        private static ByteBuffer direct(byte[] bytes) {
            return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        }

        /** Some of what is on its way arrives. */
        void carry(Random random) throws IOException {
            collect();
            int some = Math.min(travelling.length, random.nextInt(SIZES.get(random.nextInt(SIZES.size()))) + 1);
            byte[] bytes = Arrays.copyOf(travelling, some);
            travelling = Arrays.copyOfRange(travelling, some, travelling.length);
            if (random.nextBoolean()) {
                to.receive(bytes);
            } else {
                to.tls.received(random.nextBoolean() ? ByteBuffer.wrap(bytes) : direct(bytes));
            }
        }

        void collect() {
            byte[] more = from.sent();
            int before = travelling.length;
            travelling = Arrays.copyOf(travelling, before + more.length);
            System.arraycopy(more, 0, travelling, before, more.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3 TLS_AES_256_GCM_SHA384", "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256", "TLSv1.2"})
    void whatIsSaidArrives(String what) throws Exception {
        Seed seed = Seed.take(what);
        for (int i = 0; i < SESSIONS; i++) {
            Random random = seed.random(i);
            Way[] ways = connected(what);
            for (int step = 0; step < STEPS; step++) {
                step(random, ways, what.startsWith("TLSv1.3"));
            }
            do {
                for (Way way : ways) {
                    way.carry(random);
                    way.collect();
                }
            } while (ways[0].travelling.length + ways[1].travelling.length > 0);
            for (Way way : ways) {
                assertArrayEquals(way.said.toByteArray(), way.to.data.toByteArray(), seed + ", session " + i);
            }
        }
    }

    private static Way[] connected(String what) throws IOException {
        String[] words = what.split(" ");
        TlsPeer[] both = TlsPeer.connected(words[0], Arrays.copyOfRange(words, 1, words.length));
        return new Way[] {new Way(both[0], both[1]), new Way(both[1], both[0])};
    }

    private static void step(Random random, Way[] ways, boolean newKeys) throws IOException {
        Way way = ways[random.nextInt(2)];
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> way.say(random);
            case 3 -> way.to.room = 1 + random.nextInt(SIZES.get(random.nextInt(SIZES.size())));
            case 4 -> {
                if (newKeys) {
                    way.from.engine.beginHandshake();
                }
            }
            default -> way.carry(random);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3 TLS_AES_256_GCM_SHA384", "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256", "TLSv1.2"})
    void whatIsChangedOnTheWayEndsIt(String what) throws Exception {
        Seed seed = Seed.take(what);
        for (int i = 0; i < 5 * SESSIONS; i++) {
            Random random = seed.random(i);
            Way way = connected(what)[1];
            for (int said = 0; said < 5; said++) {
                way.say(random);
            }
            way.collect();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(random, way);
            }
            try {
                while (way.travelling.length > 0) {
                    way.carry(random);
                }
            } catch (SSLException noticed) {
                assertTrue(way.to.sent().length > 0, "an alert is sent");
            }
            byte[] arrived = way.to.data.toByteArray();
            assertArrayEquals(Arrays.copyOf(way.said.toByteArray(), arrived.length), arrived, seed + ", session " + i);
        }
    }

    /** Changes a byte, takes some out, says some twice or swaps some. */
    private static void change(Random random, Way way) {
        byte[] bytes = way.travelling;
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(50));
        switch (random.nextInt(3)) {
            case 0 -> bytes[at] ^= (byte) (1 + random.nextInt(0xff));
            case 1 -> {
                System.arraycopy(bytes, at + length, bytes, at, bytes.length - at - length);
                way.travelling = Arrays.copyOf(bytes, Math.max(1, bytes.length - length));
            }
            default -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
    }
}
