package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.row;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.FunctionCallResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.NoticeResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import java.util.ArrayList;
import java.util.List;

/** One of every message that a server can send. */
final class Samples {
    private Samples() {}

    static List<BackendMessage> all() {
        List<BackendMessage> all = new ArrayList<>(List.of(
                row("1"),
                done("SELECT 1"),
                READY,
                columns("id", INT4),
                new ParameterDescription(new int[] {INT4}),
                error("22012", "division by zero"),
                notice("hm"),
                new NotificationResponse(1, "channel", "payload"),
                new ParameterStatus("TimeZone", "UTC"),
                new BackendKeyData(1, new byte[4]),
                new NegotiateProtocolVersion(ProtocolVersion.V3_0.code(), List.of()),
                new CopyInResponse(Format.TEXT, List.of()),
                new CopyOutResponse(Format.TEXT, List.of()),
                new CopyBothResponse(Format.TEXT, List.of()),
                new CopyData(new byte[] {1}),
                new FunctionCallResponse(null),
                Authentication.Request.OK,
                Authentication.Request.CLEARTEXT_PASSWORD,
                new Authentication.Md5Password(new byte[4]),
                new Authentication.Sasl(List.of("SCRAM-SHA-256")),
                new Authentication.SaslContinue(new byte[1]),
                new Authentication.SaslFinal(new byte[1]),
                new Authentication.GssContinue(new byte[1])));
        all.addAll(List.of(Signal.values()));
        return all;
    }

    static boolean mayComeAnytime(BackendMessage message) {
        return message instanceof NoticeResponse
                || message instanceof NotificationResponse
                || message instanceof ParameterStatus
                || message instanceof ErrorResponse;
    }

    /** What a table calls a message. */
    static String name(BackendMessage message) {
        if (message instanceof Signal) {
            return message.toString();
        }
        return message instanceof Authentication
                ? "Authentication"
                : message.getClass().getSimpleName();
    }
}
