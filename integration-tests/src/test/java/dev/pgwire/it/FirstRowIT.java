package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a fresh JVM loads until its first row: told by the names of the classes, where a clock would tell of the machine. */
class FirstRowIT {
    private static final String CONNECTS = "-- connects";
    private static final String CLOSED = "-- closed";
    private static final String THREAD = "-- thread ";

    /** The lines that the JVM and {@link Program} have written. */
    private static List<String> lines;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        ChildJvm.Ended ended = ChildJvm.run(List.of(
                "-Xlog:class+load=info:stdout:none",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                Program.class.getName(),
                TestServer.shared().dsn()));
        assertEquals(0, ended.exitCode(), ended.output());
        lines = ended.output().lines().toList();
        assertTrue(lines.contains(CONNECTS) && lines.contains(CLOSED), ended.output());
    }

    private static Stream<String> loaded(int from, int to) {
        return lines.subList(from, to).stream()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.substring(0, line.indexOf(' ')));
    }

    private static void assertNoneLoaded(String... beginnings) {
        List<String> offences = loaded(lines.indexOf(CONNECTS), lines.indexOf(CLOSED))
                .filter(name -> Stream.of(beginnings).anyMatch(name::startsWith))
                .toList();
        assertEquals(List.of(), offences);
    }

    @Test
    void neitherNettyNorTheProtocolNorACodecIsTouchedBeforeConnect() {
        List<String> offences = loaded(0, lines.indexOf(CONNECTS))
                .filter(name -> name.startsWith("io.netty.")
                        || name.startsWith("dev.pgwire.protocol.")
                        || name.startsWith("dev.pgwire.type.")
                        || name.startsWith("dev.pgwire.internal.codec."))
                .toList();
        assertEquals(List.of(), offences);
    }

    @Test
    void nothingOfOursIsLinkedAtRunTime() {
        List<String> lambdas = loaded(0, lines.size())
                .filter(name -> name.startsWith("dev.pgwire.") && name.contains("$$Lambda"))
                .toList();
        assertEquals(List.of(), lambdas);
        // The JDK links concatenations of its own, so that the factory being loaded would prove nothing.
        List<String> concatenations = loaded(0, lines.size())
                .filter(name -> name.startsWith("dev.pgwire.") && !name.startsWith("dev.pgwire.it."))
                .filter(FirstRowIT::linksConcatenations)
                .toList();
        assertEquals(List.of(), concatenations);
    }

    private static boolean linksConcatenations(String name) {
        try (InputStream in = FirstRowIT.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.ISO_8859_1).contains("makeConcatWithConstants");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void nettyMakesNoPoolsAndNoSelectorAndLooksForNoResolverAndNoNetworkCard() {
        assertNoneLoaded(
                "io.netty.bootstrap.",
                "io.netty.resolver.",
                "io.netty.buffer.AdaptiveByteBufAllocator",
                "io.netty.buffer.PooledByteBufAllocator",
                "io.netty.channel.DefaultChannelId",
                "io.netty.channel.nio.NioIoHandler",
                "io.netty.util.internal.MacAddressUtil");
    }

    @Test
    void nettysExecutorsAreNotMade() {
        assertNoneLoaded(
                "io.netty.util.concurrent.GlobalEventExecutor", "io.netty.util.concurrent.ScheduledFutureTask");
    }

    @Test
    void noCodecOfATypeThatIsNotThereIsLoaded() {
        assertNoneLoaded(
                "dev.pgwire.internal.codec.bits.ByteaCodec",
                "dev.pgwire.internal.codec.text.CharCodec",
                "dev.pgwire.internal.codec.number.Float4Codec",
                "dev.pgwire.internal.codec.number.Int2Codec",
                "dev.pgwire.internal.codec.text.JsonCodec",
                "dev.pgwire.internal.codec.text.JsonbCodec",
                "dev.pgwire.internal.codec.number.OidCodec",
                "dev.pgwire.internal.codec.time.TimeCodec");
    }

    @Test
    void noAnnotationIsRead() {
        assertNoneLoaded("java.lang.reflect.ProxyGenerator");
    }

    @Test
    void whatTheServerDidNotAskForIsNotLoaded() {
        assertNoneLoaded(
                "dev.pgwire.protocol.auth.Scram",
                "dev.pgwire.protocol.auth.Md5",
                "com.ongres.",
                "dev.pgwire.protocol.trace.",
                "dev.pgwire.internal.registry.BuiltinTypes",
                "dev.pgwire.internal.session.Log",
                "dev.pgwire.internal.connect.ObservedProgress",
                "dev.pgwire.config.ConnectObserver",
                "dev.pgwire.config.ConnectStep");
    }

    @Test
    void noThreadIsLeftThatKeepsTheJvmAlive() {
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.startsWith(THREAD)).toList());
    }

    /** Connects, reads a row and closes. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Config config = Config.parse(arguments[0]);
            System.out.println(CONNECTS);
            try (Connection connection = Postgres.connect(config);
                    Cursor cursor = connection.execute("SELECT 1")) {
                cursor.next();
                cursor.getInt(0);
            }
            System.out.println(CLOSED);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (!thread.isDaemon() && thread != Thread.currentThread()) {
                    System.out.println(THREAD + thread.getName());
                }
            }
        }
    }
}
