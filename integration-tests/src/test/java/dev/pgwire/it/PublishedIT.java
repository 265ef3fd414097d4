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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

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
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + source), Map.of())) {
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

    /** A Java cannot be another system, so the build is read: what activates a profile, and what it chooses. */
    @Test
    void eachSystemChoosesItsEmbeddedServer() throws Exception {
        XPath path = XPathFactory.newInstance().newXPath();
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../pom.xml").toFile());
        Map<String, String> chosen = new TreeMap<>();
        NodeList profiles = (NodeList)
                path.evaluate("/project/profiles/profile[properties/pg.platform]", pom, XPathConstants.NODESET);
        for (int i = 0; i < profiles.getLength(); i++) {
            Node profile = profiles.item(i);
            chosen.put(
                    path.evaluate(
                                    "concat(activation/os/name, activation/os/family, ' ', activation/os/arch,"
                                            + " ' ', activation/file/exists)",
                                    profile)
                            .strip(),
                    path.evaluate("properties/pg.platform", profile));
        }
        assertEquals(
                Map.of(
                        "linux aarch64", "linux-arm64v8",
                        "linux amd64 /etc/alpine-release", "linux-amd64-alpine",
                        "mac x86_64", "darwin-amd64",
                        "mac aarch64", "darwin-arm64v8",
                        "windows", "windows-amd64"),
                chosen);
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
