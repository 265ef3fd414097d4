package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unix sockets, as far as it takes no server. */
@Timeout(30)
class UnixSocketTest {
    @Test
    void theFirstMessageIsTheStartupMessageWhateverTheSslmode(@TempDir Path directory) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL.5432")));
            for (String mode : new String[] {"disable", "allow", "prefer", "require"}) {
                CompletableFuture<byte[]> code = CompletableFuture.supplyAsync(() -> codeOfTheFirstMessage(listener));
                assertThrows(
                        PgException.class,
                        () -> Postgres.connect("user=ada host=" + directory + " port=5432 sslmode=" + mode));
                assertArrayEquals(new byte[] {0, 3, 0, 0}, code.join(), mode);
            }
        }
    }

    private static byte[] codeOfTheFirstMessage(ServerSocketChannel listener) {
        try (SocketChannel client = listener.accept()) {
            ByteBuffer opening = ByteBuffer.allocate(8);
            while (opening.hasRemaining() && client.read(opening) >= 0) {
                // Until the length and the code are there.
            }
            return Arrays.copyOfRange(opening.array(), 4, 8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPathThatNoSocketCanHaveIsRefused() {
        PgException failure =
                assertThrows(PgException.class, () -> Postgres.connect("user=ada host=/" + "x".repeat(100)));
        assertTrue(failure.getMessage().contains("expected at most 107"), failure.getMessage());
    }

    @Test
    void anAbstractSocketIsRefusedSinceJavaCannotNameIt() {
        PgException failure =
                assertThrows(NotSupportedException.class, () -> Postgres.connect("user=ada host=@abstract"));
        assertEquals("0A000", failure instanceof NotSupportedException refused ? refused.sqlState() : "");
    }
}
