package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Parts of Netty of different versions would fail in ways nobody understands. */
class NettyVersionIT {
    private static final int[] AT_LEAST = {4, 2, 17};

    @Test
    void allOfNettyHasOneVersion() {
        Map<String, Version> parts = Version.identify();
        assertTrue(
                parts.keySet().containsAll(Set.of("netty-buffer", "netty-common", "netty-transport")),
                () -> parts.keySet().toString());
        Set<String> versions =
                parts.values().stream().map(Version::artifactVersion).collect(Collectors.toSet());
        assertEquals(1, versions.size(), () -> parts.values().toString());
        String version = versions.iterator().next();
        int[] numbers = Arrays.stream(version.split("\\."))
                .limit(3)
                .mapToInt(Integer::parseInt)
                .toArray();
        assertTrue(Arrays.compare(numbers, AT_LEAST) >= 0, version);
    }
}
