package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.TransactionStatus;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What drivers say for themselves, which concerns the session only: transactions and settings. */
final class SessionStatements {
    private static final Pattern SET = Pattern.compile(
            "SET\\s+(?:SESSION\\s+|LOCAL\\s+)?(\\w+)\\s*(?:=|\\s+TO\\s+|\\s+)\\s*(.+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SHOW = Pattern.compile("SHOW\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    private SessionStatements() {}

    static @Nullable Handler handler(String sql) {
        String[] words = Template.trimmed(sql).toUpperCase(Locale.ROOT).split("\\s+");
        return switch (words[0]) {
            case "BEGIN" -> status("BEGIN", TransactionStatus.IN_TRANSACTION);
            case "START" -> status("START TRANSACTION", TransactionStatus.IN_TRANSACTION);
            case "COMMIT", "END" -> values -> commit(values.session());
            case "ROLLBACK", "ABORT" ->
                words.length > 1 && words[1].equals("TO")
                        ? status("ROLLBACK", TransactionStatus.IN_TRANSACTION)
                        : status("ROLLBACK", TransactionStatus.IDLE);
            case "SAVEPOINT", "RELEASE", "LISTEN", "UNLISTEN", "RESET" -> values -> Reply.done(words[0]);
            case "DISCARD" -> words.length == 2 ? values -> discard(values.session(), words[1]) : null;
            case "DEALLOCATE" -> values -> deallocate(values.session(), Template.trimmed(sql));
            case "CLOSE" ->
                values -> Reply.done(words.length == 2 && words[1].equals("ALL") ? "CLOSE CURSOR ALL" : "CLOSE CURSOR");
            case "SELECT" ->
                sql.contains("pg_advisory_unlock_all()")
                        ? values -> Reply.rows("pg_advisory_unlock_all").row("")
                        : null;
            case "SET" -> SessionStatements::set;
            case "SHOW" -> SessionStatements::show;
            default -> null;
        };
    }

    private static Reply discard(ServerSession session, String what) {
        if (what.equals("ALL")) {
            session.forget(null);
        }
        return Reply.done("DISCARD " + what);
    }

    private static Reply deallocate(ServerSession session, String sql) {
        String name = sql.replaceFirst("(?i)DEALLOCATE\\s+(?:PREPARE\\s+)?", "");
        boolean all = name.equalsIgnoreCase("ALL");
        session.forget(all ? null : name.startsWith("\"") ? name.replace("\"", "") : name.toLowerCase(Locale.ROOT));
        return Reply.done(all ? "DEALLOCATE ALL" : "DEALLOCATE");
    }

    private static Handler status(String tag, TransactionStatus status) {
        return values -> {
            values.session().transactionStatus(status);
            return Reply.done(tag);
        };
    }

    private static Reply commit(ServerSession session) {
        boolean failed = session.transactionStatus() == TransactionStatus.FAILED;
        session.transactionStatus(TransactionStatus.IDLE);
        return Reply.done(failed ? "ROLLBACK" : "COMMIT");
    }

    private static Reply set(Values values) {
        Matcher matcher = SET.matcher(Template.trimmed(values.sql()));
        if (matcher.matches()) {
            String value = matcher.group(2).strip();
            boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
            values.session()
                    .changeParameter(
                            matcher.group(1),
                            quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value);
        }
        return Reply.done("SET");
    }

    private static Reply show(Values values) {
        Matcher matcher = SHOW.matcher(Template.trimmed(values.sql()));
        if (!matcher.matches()) {
            return Reply.error("42601", "expected the name of one setting behind SHOW");
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        String value = values.session().parameter(name);
        return value == null
                ? Reply.error("42704", "unrecognized configuration parameter \"" + name + "\"")
                : Reply.rows(name).row(value).tag("SHOW");
    }
}
