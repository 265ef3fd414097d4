package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.config.Config;
import dev.pgwire.internal.auth.Authenticator;
import dev.pgwire.internal.auth.ChannelSecurity;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link and one array to read into, for the baselines. It knows where frames begin and end. Only its
 * beginning, which is not measured, goes through the protocol's message classes.
 */
final class Wire implements AutoCloseable {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final byte ERROR = 'E';

    private final Link link;
    private final int backend;
    private byte[] bytes = new byte[128 * 1024];
    private int next;
    private int limit;

    Wire(Address address, Link link) throws IOException {
        this.link = link;
        backend = start(address);
    }

    private int start(Address address) throws IOException {
        send(new Opening.Startup(ProtocolVersion.V3_0, Map.of("user", address.user(), "database", address.database())));
        Config config = address.config();
        ChannelSecurity security =
                link instanceof TlsLink ? new ChannelSecurity(true, false, false, null, null) : ChannelSecurity.PLAIN;
        Authenticator authenticator = new Authenticator(config, config.hosts().get(0), address.password(), security);
        int processId = 0;
        while (true) {
            int frame = frame();
            BackendMessage message = BackendDecoder.decode(
                    bytes[frame], Unpooled.wrappedBuffer(bytes, frame + 5, (int) INT.get(bytes, frame + 1) - 4));
            if (message instanceof Authentication request && request != Authentication.Request.OK) {
                @Nullable FrontendMessage answer = authenticator.answer(request);
                if (answer != null) {
                    send(answer);
                }
            } else if (message instanceof BackendKeyData key) {
                processId = key.processId();
            } else if (bytes[frame] == 'Z') {
                return processId;
            }
        }
    }

    int backend() {
        return backend;
    }

    /** What was read: valid until the next frame is asked for. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the next frame begins in {@link #bytes}; all of it is there. */
    int frame() throws IOException {
        while (!hasFrame()) {
            read();
        }
        int frame = next;
        next += 1 + (int) INT.get(bytes, frame + 1);
        if (bytes[frame] == ERROR) {
            throw new IOException("the server answered with an error: "
                    + new String(bytes, frame + 5, next - frame - 5, StandardCharsets.UTF_8).replace('\0', ' '));
        }
        return frame;
    }

    /** Whether all of the next frame was read. */
    boolean hasFrame() {
        return limit - next >= 5 && limit - next >= 1 + (int) INT.get(bytes, next + 1);
    }

    private void read() throws IOException {
        if (next > 0) {
            System.arraycopy(bytes, next, bytes, 0, limit - next);
            limit -= next;
            next = 0;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        int count = link.receive(bytes, limit, bytes.length - limit);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        limit += count;
    }

    /** Passes over everything up to and with the next ReadyForQuery. */
    void finish() throws IOException {
        int frame = frame();
        while (bytes[frame] != 'Z') {
            frame = frame();
        }
    }

    void send(byte[] request, int length) throws IOException {
        link.send(request, length);
    }

    void send(FrontendMessage... messages) throws IOException {
        byte[] request = encode(messages);
        send(request, request.length);
    }

    static byte[] encode(FrontendMessage... messages) {
        ByteBuf buffer = Unpooled.buffer();
        for (FrontendMessage message : messages) {
            message.encode(buffer);
        }
        return ByteBufUtil.getBytes(buffer);
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
