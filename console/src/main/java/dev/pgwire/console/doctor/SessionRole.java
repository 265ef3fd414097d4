package dev.pgwire.console.doctor;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.console.output.Visible;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Row;
import java.time.Duration;

/** What a session may do: whether its server is a primary or a standby, and whether it can write. */
final class SessionRole {
    private static final String QUESTION =
            "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')";

    private SessionRole() {}

    /** Servers tell it since PostgreSQL 14; others are asked. */
    static void examine(Connection connection, Config config, DoctorReport report) {
        String standby = connection.parameter("in_hot_standby");
        String readOnly = connection.parameter("default_transaction_read_only");
        if (standby != null && readOnly != null) {
            report.ok("role", shown("on".equals(standby), "on".equals(readOnly)), null);
        } else if (Doctor.isReplication(config)) {
            report.skipped("role", "the server does not tell", null);
        } else {
            ask(connection, report);
        }
    }

    private static void ask(Connection connection, DoctorReport report) {
        long begin = System.nanoTime();
        try {
            Row answer = connection.execute(QUESTION).fetchOne();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            if (answer != null) {
                report.ok("role", shown(Boolean.TRUE.equals(answer.get(0)), "on".equals(answer.get(1))), took);
            }
        } catch (PgException failure) {
            report.skipped("role", Visible.of(String.valueOf(failure.getMessage())), null);
        }
    }

    private static String shown(boolean standby, boolean readOnly) {
        return (standby ? "standby" : "primary") + (standby || readOnly ? ", read-only" : ", read-write");
    }
}
