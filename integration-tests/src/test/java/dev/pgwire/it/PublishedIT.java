package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Postgres;
import dev.pgwire.protocol.Wire;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published, as those find it who depend on it. */
@Timeout(300)
class PublishedIT {
    @ParameterizedTest
    @ValueSource(classes = {Wire.class, Postgres.class, TestServer.class})
    void eachArtifactCarriesTheLicense(Class<?> type) throws Exception {
        URL source = type.getProtectionDomain().getCodeSource().getLocation();
        Path place = Path.of(source.toURI());
        String license;
        if (Files.isDirectory(place)) {
            license = Files.readString(place.resolve("META-INF/LICENSE"));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + source), java.util.Map.of())) {
                license = Files.readString(jar.getPath("META-INF/LICENSE"));
            }
        }
        assertEquals(Files.readString(Path.of("../LICENSE")), license);
    }

    /** Whoever uses the kit has perhaps no provider of SLF4J, and did not ask for a log. */
    @Test
    void theTestKitIsSilentWithoutAProviderOfSlf4j() throws Exception {
        String classPath = ChildJvm.classPath().stream()
                .filter(entry -> !entry.contains("slf4j-nop"))
                .collect(Collectors.joining(File.pathSeparator));
        ChildJvm.Ended ended = ChildJvm.run(List.of("-cp", classPath, StartsServer.class.getName()));
        assertEquals(0, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("started"), ended.output());
        assertFalse(ended.output().contains("SLF4J"), ended.output());
    }

    /** What the child does. */
    static final class StartsServer {
        public static void main(String[] args) {
            try (TestServer server = TestServer.embedded().start()) {
                System.err.println("started on port " + server.port());
            }
        }
    }
}
