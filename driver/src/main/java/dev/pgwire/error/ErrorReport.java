package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The words for an error of the server. {@link #psql} gives what psql prints in its default verbosity; {@link #message}
 * is the same in the form of an exception's message.
 */
final class ErrorReport {
    private ErrorReport() {}

    static String message(Diagnostic error, @Nullable String sql) {
        StringBuilder out = new StringBuilder(128);
        out.append(error.severity()).append(": ").append(error.message());
        out.append(" (SQLSTATE ").append(error.sqlState()).append(')');
        position(out, error, sql);
        line(out, "DETAIL: ", error.detail());
        line(out, "HINT: ", error.hint());
        line(out, "QUERY: ", error.internalQuery());
        line(out, "CONTEXT: ", error.where());
        return out.toString();
    }

    static String psql(Diagnostic error, @Nullable String sql) {
        StringBuilder out = new StringBuilder(128);
        String severity = error.localizedSeverity();
        out.append(severity == null ? error.severity() : severity).append(":  ").append(error.message());
        position(out, error, sql);
        line(out, "DETAIL:  ", error.detail());
        line(out, "HINT:  ", error.hint());
        line(out, "QUERY:  ", error.internalQuery());
        line(out, "CONTEXT:  ", error.where());
        return out.toString();
    }

    /** A position in the statement goes before one in a query that the server made itself. */
    private static void position(StringBuilder out, Diagnostic error, @Nullable String sql) {
        String position = error.fields().get('P');
        if (position != null) {
            position(out, position, error.position(), sql);
            return;
        }
        String internal = error.fields().get('p');
        if (internal != null) {
            position(out, internal, error.internalPosition(), error.internalQuery());
        }
    }

    private static void position(StringBuilder out, String asSent, int position, @Nullable String sql) {
        if (sql == null) {
            out.append(" at character ").append(asSent);
            return;
        }
        String shown = ErrorPosition.show(sql, position);
        if (shown != null) {
            out.append('\n').append(shown);
        }
    }

    private static void line(StringBuilder out, String label, @Nullable String value) {
        if (value != null) {
            out.append('\n').append(label).append(value);
        }
    }
}
