package dev.pgwire.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.Scram;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The version that a server reports when a login succeeds: {@code 18.6}, or {@code 15.18 (Debian ...)}. */
record ServerVersion(String text) {
    static final ServerVersion UNKNOWN = new ServerVersion("");
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MAX_ITERATIONS = 1_000_000;

    boolean isKnown() {
        return !text.isEmpty();
    }

    int major() {
        String digits = text.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Opens a connection for as long as it takes to read the version; unknown when the server does not let us in. */
    static ServerVersion reportedBy(Dsn dsn) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(dsn.get("host"), Integer.parseInt(dsn.get("port"))), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ask(socket, dsn);
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private static ServerVersion ask(Socket socket, Dsn dsn) throws IOException {
        write(
                socket,
                new Opening.Startup(
                        ProtocolVersion.V3_0, Map.of("user", dsn.get("user"), "database", dsn.get("dbname"))));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        @Nullable Scram scram = null;
        while (true) {
            BackendMessage message = read(in);
            if (message instanceof ParameterStatus status && status.name().equals("server_version")) {
                write(socket, Command.TERMINATE);
                return new ServerVersion(status.value());
            } else if (message == Authentication.Request.CLEARTEXT_PASSWORD) {
                write(socket, new PasswordMessage(dsn.get("password").getBytes(UTF_8)));
            } else if (message instanceof Authentication.Md5Password md5) {
                byte[] user = dsn.get("user").getBytes(UTF_8);
                byte[] password = dsn.get("password").getBytes(UTF_8);
                write(socket, new PasswordMessage(Md5.response(user, password, md5.salt())));
            } else if (message instanceof Authentication.Sasl sasl) {
                scram = Scram.client(sasl.mechanisms(), dsn.get("password").toCharArray(), MAX_ITERATIONS);
                write(socket, new SASLInitialResponse(scram.mechanism(), scram.clientFirst()));
            } else if (message instanceof Authentication.SaslContinue next && scram != null) {
                write(socket, new SASLResponse(scram.clientFinal(next.data())));
            } else if (message instanceof ErrorResponse) {
                return UNKNOWN;
            }
        }
    }

    private static void write(Socket socket, FrontendMessage message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        try {
            message.encode(out);
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        } finally {
            out.release();
        }
    }

    private static BackendMessage read(DataInputStream in) throws IOException {
        byte tag = in.readByte();
        return BackendDecoder.decode(tag, Unpooled.wrappedBuffer(in.readNBytes(in.readInt() - Wire.LENGTH)));
    }
}
