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
 * by {@link Mask}s. Encryption is not replayed: as a server it is refused.
 */
public final class Replay {
    private Replay() {}

    /**
     * Listens at a port of the loopback address, and answers clients as the recorded server did.
     *
     * @param masks what is not compared, besides {@link Mask#usual}
     */
    public static ServerReplay asServer(Recording recording, Mask... masks) throws IOException {
        return new ServerReplay(recording, all(masks));
    }

    /**
     * Speaks to a server as the recorded clients did.
     *
     * @param masks what is not compared, besides {@link Mask#usual}
     */
    public static ClientReplay asClient(Recording recording, String host, int port, Mask... masks) {
        return asClient(recording, new InetSocketAddress(host, port), masks);
    }

    /** The same for any address, also that of a Unix socket. */
    public static ClientReplay asClient(Recording recording, SocketAddress server, Mask... masks) {
        return new ClientReplay(recording, server, all(masks));
    }

    private static List<Mask> all(Mask... masks) {
        List<Mask> all = new ArrayList<>(Mask.usual());
        all.addAll(Arrays.asList(masks));
        return all;
    }
}
