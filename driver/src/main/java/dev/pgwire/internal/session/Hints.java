package dev.pgwire.internal.session;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** What the driver knows about an error of the server whose text does not lead a newcomer on. */
final class Hints {
    private Hints() {}

    /** Adds a hint to a failure that nobody has seen yet, where there is one to give and the server has given none. */
    static void addTo(DatabaseException failure) {
        Diagnostic said = failure.diagnostic();
        String hint = said == null || said.hint() != null ? null : hint(failure, said);
        if (hint != null) {
            ServerErrors.hint(failure, hint);
        }
    }

    private static @Nullable String hint(DatabaseException failure, Diagnostic said) {
        String sql = failure.sql();
        return switch (failure.sqlState()) {
            case SqlState.INDETERMINATE_DATATYPE ->
                "a parameter whose type nothing in the statement says is given one by a"
                        + " cast, such as $1::uuid or $1::text";
            case SqlState.SYNTAX_ERROR, SqlState.UNDEFINED_COLUMN, SqlState.UNDEFINED_FUNCTION ->
                sql == null ? null : foreignPlaceholder(sql);
            case SqlState.PROTOCOL_VIOLATION ->
                said.message().contains("admin console")
                        ? "the admin console of PgBouncer knows simple queries only: executeSimple sends them"
                        : null;
            default -> null;
        };
    }

    /** What to write instead of a placeholder of other drivers; null if the statement has none, or has one of ours. */
    static @Nullable String foreignPlaceholder(String sql) {
        String found = null;
        SqlScanner scanner = new SqlScanner(sql, false);
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.NUMBERED_PARAMETER) {
                return null;
            }
            if (found == null && sql.charAt(scanner.start()) == '?') {
                found = "?";
            } else if (found == null && isPercentS(sql, scanner.start())) {
                found = "%s";
            }
        }
        return found == null ? null : "a parameter is written $1, or :name with a map or a record, and not " + found;
    }

    private static boolean isPercentS(String sql, int at) {
        if (!sql.startsWith("%s", at)) {
            return false;
        }
        int end = at + 2;
        return end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end));
    }
}
