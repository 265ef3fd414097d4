package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.network.InetCodec;
import dev.pgwire.internal.codec.network.MacAddressCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.Inet;
import dev.pgwire.type.MacAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random addresses. */
final class NetworkSamples {
    private NetworkSamples() {}

    static Stream<Sample<?>> all() {
        return Stream.of(
                new Sample<>(InetCodec.INET, NetworkSamples::inet),
                new Sample<>(InetCodec.CIDR, random -> inet(random).network()),
                new Sample<>(MacAddressCodec.MACADDR, random -> mac(random, 6)),
                new Sample<>(MacAddressCodec.MACADDR8, random -> mac(random, 8)));
    }

    /** With words of zeros and ones, which decide how an address of IPv6 is printed. */
    private static Inet inet(SplittableRandom random) {
        byte[] bytes = Samples.bytes(random, random.nextBoolean() ? 4 : 16);
        for (int i = 0; i < bytes.length; i += 2) {
            int kind = random.nextInt(8);
            if (kind < 5) {
                Arrays.fill(bytes, i, i + 2, (byte) (kind < 4 ? 0 : -1));
            }
        }
        int bits = 8 * bytes.length;
        return Inet.of(bytes, random.nextInt(3) == 0 ? bits : random.nextInt(bits + 1));
    }

    private static MacAddress mac(SplittableRandom random, int size) {
        return MacAddress.of(Samples.bytes(random, size));
    }
}
