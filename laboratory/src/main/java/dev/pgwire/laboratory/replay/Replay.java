package dev.pgwire.laboratory.replay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says once more what was recorded, to a client or to a server, and finds what the other side says now that it did not say then.
 *
 * <pre>{@code
 * Recording recording = Recording.read(Path.of("session.txt"));
 * List<Difference> differences = Replay.asClient(recording, "localhost", 5432).run();
 * try (ServerReplay server = Replay.asServer(recording)) {
 *     runMyProgram(server.port());
 *     server.awaitEnd(Duration.ofSeconds(10));
 *     differences = server.differences();
 * }
 * }</pre>
 *
 * <p>Authentication cannot be repeated, since each side proves something anew: as a server a replay asks for nothing, and as a client
 * it answers what it is asked. What comes before the first ReadyForQuery is therefore not compared. Names of prepared statements may
 * be others, as drivers make them up. Notices, notifications and parameters may come at other times, but in their order. What else may differ is said
 * by {@link Mask}s. As a server a replay refuses encryption, and as a client it asks for TLS where {@link ClientReplay#tls} says so.
 */
public final class Replay {
    private Replay() {}

    /**
     * Listens at a port of the loopback address, and answers clients as the recorded server did.
     *
     * @param masks what is not compared, besides {@link Mask#usual}
     * @throws IllegalArgumentException if all that was said in the recording was encrypted
     */
    public static ServerReplay asServer(Recording recording, Mask... masks) throws IOException {
        return new ServerReplay(readable(recording), all(masks));
    }

    /**
     * Speaks to a server as the recorded clients did.
     *
     * @param masks what is not compared, besides {@link Mask#usual}
     * @throws IllegalArgumentException if all that was said in the recording was encrypted
     */
    public static ClientReplay asClient(Recording recording, String host, int port, Mask... masks) {
        return asClient(recording, new InetSocketAddress(host, port), masks);
    }

    /** The same for any address, also that of a Unix socket. */
    public static ClientReplay asClient(Recording recording, SocketAddress server, Mask... masks) {
        return new ClientReplay(readable(recording), server, all(masks));
    }

    /** What two others have said by TLS went past the recorder: to say nothing would be no replay of it. */
    private static Recording readable(Recording recording) {
        List<Said> messages = recording.messages();
        boolean isEncrypted = messages.stream()
                .anyMatch(said -> said.is("EncryptionAnswer") && !said.words().contains("<N>"));
        if (isEncrypted && messages.stream().noneMatch(said -> said.is("StartupMessage", "ReadyForQuery"))) {
            throw new IllegalArgumentException(
                    "the recording is of a conversation that was encrypted, expected one by a proxy that speaks"
                            + " TLS itself (tlsToClient, tlsToServer), or without encryption");
        }
        return recording;
    }

    private static List<Mask> all(Mask... masks) {
        List<Mask> all = new ArrayList<>(Mask.usual());
        all.addAll(Arrays.asList(masks));
        return all;
    }
}
