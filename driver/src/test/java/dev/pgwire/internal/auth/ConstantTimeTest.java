package dev.pgwire.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long a comparison of secrets takes must not tell how much of them was right. */
class ConstantTimeTest {
    private static final Path PROTOCOL = Path.of("../protocol/src/main/java/dev/pgwire/protocol/auth");
    private static final Path DRIVER = Path.of("src/main/java/dev/pgwire/internal/auth");

    @Test
    void authenticationComparesNoBytesItself() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path directory : List.of(PROTOCOL, DRIVER)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(sources::add);
            }
        }
        assertTrue(sources.size() > 10, "too few sources: " + sources);
        List<Path> offences = new ArrayList<>();
        for (Path source : sources) {
            String text = Files.readString(source);
            if (text.contains("Arrays.equals") || text.contains("Arrays.compare") || text.contains("Arrays.mismatch")) {
                offences.add(source);
            }
        }
        assertEquals(List.of(), offences);
    }
}
