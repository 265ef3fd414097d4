package dev.pgwire.internal.statement;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.sql.SqlScanner;
import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** What the driver knows about an error of the server whose text does not lead a newcomer on. */
public final class Hints {
    private static final int ANYWHERE = -1;
    /** What makes a longer operator of a question mark. */
    private static final String OPERATORS = "|&?@#~!<>=-+*/%^`";

    private Hints() {}

    /** Adds a hint to a failure before it is thrown, where there is one to give and the server has given none. */
    public static void addTo(DatabaseException failure) {
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
                sql == null || said.position() == 0 ? null : foreignPlaceholderAt(sql, said.position());
            case SqlState.PROTOCOL_VIOLATION ->
                said.message().contains("admin console")
                        ? "the admin console of PgBouncer knows simple queries only: executeSimple sends them"
                        : null;
            default -> null;
        };
    }

    /** What to write instead of a placeholder of other drivers; null if the statement has none, or has one of ours. */
    public static @Nullable String foreignPlaceholder(String sql) {
        return find(sql, ANYWHERE);
    }

    /** The same if the server stumbles over it: {@code ?} is an operator of jsonb, too, and need not be what is wrong. */
    private static @Nullable String foreignPlaceholderAt(String sql, int position) {
        int characters = sql.codePointCount(0, sql.length());
        return find(sql, position > characters ? sql.length() : sql.offsetByCodePoints(0, position - 1));
    }

    private static @Nullable String find(String sql, int stumble) {
        String found = null;
        String before = null;
        int beforeStart = 0;
        SqlScanner scanner = new SqlScanner(sql, false);
        SqlScanner.Token token;
        do {
            token = scanner.next();
            if (token == SqlScanner.Token.NUMBERED_PARAMETER) {
                return null;
            }
            boolean operand = token == SqlScanner.Token.LITERAL;
            if (before != null && !operand && found == null && isIn(stumble, beforeStart, scanner.start())) {
                found = before;
            }
            if (token == SqlScanner.Token.WORD && "%s".equals(before) && scanner.start() == beforeStart + 1) {
                continue;
            }
            before = token == SqlScanner.Token.OTHER ? placeholder(sql, scanner.start()) : null;
            beforeStart = scanner.start();
        } while (token != SqlScanner.Token.END);
        return found == null ? null : "a parameter is written $1, or :name with a map or a record, and not " + found;
    }

    private static boolean isIn(int stumble, int from, int to) {
        return stumble == ANYWHERE || (stumble >= from && stumble <= to);
    }

    private static @Nullable String placeholder(String sql, int at) {
        if (isPercentS(sql, at)) {
            return "%s";
        }
        boolean single = sql.charAt(at) == '?'
                && (at + 1 == sql.length() || OPERATORS.indexOf(sql.charAt(at + 1)) < 0)
                && (at == 0 || "@?".indexOf(sql.charAt(at - 1)) < 0);
        return single ? "?" : null;
    }

    private static boolean isPercentS(String sql, int at) {
        if (!sql.startsWith("%s", at)) {
            return false;
        }
        int end = at + 2;
        return end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end));
    }
}
