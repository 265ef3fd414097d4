package dev.pgwire.console.doctor;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.ConnectStep.Stage;
import dev.pgwire.config.Host;
import dev.pgwire.config.SslMode;
import dev.pgwire.console.output.Visible;
import dev.pgwire.error.DatabaseException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of connecting as lines of a report. */
final class ConnectReport {
    private final DoctorReport report;
    private final Config config;
    private final Advice advice;
    /** A server of another role is a failure only if no other one is tried after it. */
    private ConnectStep.@Nullable RoleRefused refused;
    /** Whether something was said of the encryption of this connection. */
    private boolean encryptionTold;

    private boolean failureTold;

    ConnectReport(DoctorReport report, Config config, Advice advice) {
        this.report = report;
        this.config = config;
        this.advice = advice;
    }

    void take(ConnectStep step) {
        if (refused != null) {
            report.skipped("role", message(refused.refusal()), refused.took());
            refused = null;
        }
        if (step instanceof ConnectStep.Resolved found) {
            report.ok("resolve", found(found), found.took());
        } else if (step instanceof ConnectStep.Connected connected) {
            encryptionTold = false;
            report.ok("connect", shown(connected.address()), connected.took());
        } else if (step instanceof ConnectStep.TlsAgreed agreed) {
            encryptionTold = true;
            report.ok("TLS", agreed(agreed), agreed.took());
        } else if (step instanceof ConnectStep.TlsRefused none) {
            encryptionTold = true;
            report.skipped("TLS", "the server has none; " + advice.named("sslmode"), none.took());
        } else if (step instanceof ConnectStep.Authenticated authenticated) {
            tellOfNoTls(step.host());
            report.ok("authentication", authenticated(authenticated), authenticated.took());
        } else if (step instanceof ConnectStep.SessionStarted started) {
            report.ok("protocol", started(started), started.took());
        } else if (step instanceof ConnectStep.RoleRefused another) {
            refused = another;
        } else if (step instanceof ConnectStep.Failed failed) {
            fail(failed);
        }
    }

    /** Connecting is over; with a failure unless there is a connection now. */
    void end(@Nullable RuntimeException failure) {
        ConnectStep.RoleRefused last = refused;
        if (last != null) {
            report.failed("role", message(last.refusal()), last.took(), advice.onRole());
        } else if (failure != null && !failureTold) {
            report.failed("connect", message(failure), null, advice.onAnythingElse(failure));
        }
    }

    private void fail(ConnectStep.Failed failed) {
        failureTold = true;
        if (failed.stage() == Stage.AUTHENTICATION) {
            tellOfNoTls(failed.host());
        }
        String text = message(failed.failure());
        if (failed.stage() == Stage.CONNECT && failed.failure().getCause() != null && failed.address() != null) {
            text = shown(failed.address()) + ": " + reason(failed.failure().getCause());
        } else if (!failed.certificates().isEmpty()) {
            text += "; it is " + CertificateText.of(failed.certificates().get(0));
        }
        report.failed(name(failed.stage()), text, failed.took(), advice.on(failed));
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case RESOLVE -> "resolve";
            case CONNECT -> "connect";
            case TLS -> "TLS";
            case AUTHENTICATION -> "authentication";
            case SESSION -> "session";
            case ROLE -> "role";
        };
    }

    private void tellOfNoTls(Host host) {
        if (encryptionTold) {
            return;
        }
        encryptionTold = true;
        report.skipped("TLS", host.isUnixSocket() ? "not used over a Unix socket" : advice.named("sslmode"), null);
    }

    private static String found(ConnectStep.Resolved step) {
        List<String> addresses = new ArrayList<>();
        for (SocketAddress address : step.addresses()) {
            addresses.add(
                    address instanceof InetSocketAddress inet
                            ? inet.getAddress().getHostAddress()
                            : Visible.of(address.toString()));
        }
        return Visible.of(step.host().shownName()) + " -> " + String.join(", ", addresses);
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + " port " + inet.getPort()
                : Visible.of(address.toString());
    }

    private String agreed(ConnectStep.TlsAgreed step) {
        String certificate = step.certificates().isEmpty()
                ? "no certificate"
                : CertificateText.of(step.certificates().get(0));
        String verdict;
        if (!step.verified()) {
            verdict = "not verified (" + advice.named("sslmode") + ")";
        } else {
            verdict = config.sslMode() == SslMode.VERIFY_FULL
                    ? "verified"
                    : "verified but for the name (" + advice.named("sslmode") + ")";
        }
        return step.version() + ", " + step.cipher() + ", " + certificate + ", " + verdict;
    }

    private static String authenticated(ConnectStep.Authenticated step) {
        if (step.method() == AuthMethod.NONE) {
            return "the server asks for nothing";
        }
        return step.method().text() + (step.channelBound() ? ", bound to the channel" : "");
    }

    private static String started(ConnectStep.SessionStarted step) {
        String server = step.serverVersion();
        return step.protocolVersion()
                + (server == null ? "" : ", server " + Visible.of(server))
                + (step.processId() == 0 ? "" : ", process " + Integer.toUnsignedString(step.processId()));
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        // The address, "name/1.2.3.4:5432", stands before it already.
        int address = message.lastIndexOf(": ");
        boolean repeated = address >= 0 && message.indexOf('/', address) >= 0;
        return Visible.of(repeated ? message.substring(0, address) : message);
    }

    private static String message(RuntimeException failure) {
        String message = failure.getMessage();
        if (failure instanceof DatabaseException refused && refused.diagnostic() != null) {
            message = refused.diagnostic().message() + " (SQLSTATE " + refused.sqlState() + ")"
                    + (refused.detail() == null ? "" : "; " + refused.detail());
        }
        return Visible.of(message == null ? failure.toString() : message);
    }
}
