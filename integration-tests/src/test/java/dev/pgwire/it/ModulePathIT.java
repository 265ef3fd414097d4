package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The driver as a named module, with nothing but what it needs. */
class ModulePathIT {
    private static final Pattern NEEDED = Pattern.compile("(netty-(buffer|common|transport|resolver|handler|codec-base"
            + "|transport-native-unix-common)-\\d.*|scram-.*|saslprep-.*|stringprep-.*|jspecify-.*)\\.jar");

    @Test
    void theDriverIsANamedModule() throws Exception {
        Set<String> modules = new LinkedHashSet<>();
        modules.add(home(Connection.class));
        modules.add(home(dev.pgwire.protocol.Wire.class));
        for (String entry : ChildJvm.classPath()) {
            if (NEEDED.matcher(Path.of(entry).getFileName().toString()).matches()) {
                modules.add(entry);
            }
        }
        assertTrue(modules.size() > 5, modules::toString);
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "--module-path",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "dev.pgwire.driver",
                "-cp",
                home(Main.class),
                Main.class.getName(),
                TestServer.shared().dsn()));
        assertEquals("module dev.pgwire.driver, module dev.pgwire.protocol, 1\n", child.output());
        assertEquals(0, child.exitCode());
    }

    private static String home(Class<?> type) throws Exception {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place).toString();
    }

    /** Connects, and says from which modules the classes came. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                System.out.println(Connection.class.getModule() + ", " + dev.pgwire.protocol.Wire.class.getModule()
                        + ", " + conn.execute("SELECT 1").fetchAll().get(0).getInt(0));
            }
        }
    }
}
