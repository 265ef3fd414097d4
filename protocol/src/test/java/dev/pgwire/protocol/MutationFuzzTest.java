package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Mutated bodies give a message or a violation, nothing else. */
class MutationFuzzTest {
    private static final int BODIES = 200_000;

    @Test
    void aMutatedBodyGivesAMessageOrAViolation() {
        Seed seed = Seed.take();
        SplittableRandom random = seed.splittableRandom();
        List<Sample> samples = Samples.all();
        int messages = 0;
        for (int i = 0; i < BODIES; i++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] body = mutate(sample.body(), random);
            try {
                Object message = sample.decode(body);
                byte[] again = sample.encode(message);
                assertEquals(message, sample.decode(Arrays.copyOfRange(again, sample.headerLength(), again.length)));
                messages += message.toString().isEmpty() ? 0 : 1;
            } catch (ProtocolViolation expected) {
                // One of the two things that may happen.
            } catch (Throwable e) {
                throw new AssertionError(seed + ", body " + i + ", " + sample + " as " + Bytes.hex(body), e);
            }
        }
        int accepted = messages;
        assertTrue(accepted > BODIES / 100 && accepted < BODIES, () -> accepted + " messages, " + seed);
    }

    private static byte[] mutate(byte[] body, SplittableRandom random) {
        byte[] mutated = body;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            mutated = mutateOnce(mutated, random);
        }
        return mutated;
    }

    private static byte[] mutateOnce(byte[] body, SplittableRandom random) {
        int at = random.nextInt(body.length + 1);
        if (at == body.length || random.nextInt(8) == 0) {
            return insert(body, at, random);
        }
        byte[] mutated = body.clone();
        switch (random.nextInt(7)) {
            case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutated[at] = 0;
            case 2 -> mutated[at] = -1;
            case 3 -> mutated[at] = (byte) random.nextInt();
            case 4 -> Arrays.fill(mutated, at, Math.min(at + 4, mutated.length), (byte) -random.nextInt(2));
            case 5 -> mutated = Arrays.copyOf(mutated, at);
            default -> System.arraycopy(body, at, mutated, at - random.nextInt(at + 1), body.length - at);
        }
        return mutated;
    }

    private static byte[] insert(byte[] body, int at, SplittableRandom random) {
        byte[] longer = new byte[body.length + 1];
        System.arraycopy(body, 0, longer, 0, at);
        longer[at] = (byte) random.nextInt();
        System.arraycopy(body, at, longer, at + 1, body.length - at);
        return longer;
    }
}
