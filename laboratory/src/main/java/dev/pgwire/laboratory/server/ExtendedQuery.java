package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The extended protocol: statements that are prepared, and portals (PostgreSQL manual, 54.2.3). */
final class ExtendedQuery {
    private static final Pattern GIVES_ROWS = Pattern.compile(
            "(?:\\s|\\(|--[^\n]*+\n|/\\*.*?\\*/)*+(?:SELECT|VALUES|WITH|TABLE|SHOW|FETCH|EXPLAIN)\\b.*|.*\\bRETURNING\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private record Prepared(@Nullable Known known, List<ServerType> types) {}

    private static final class Portal {
        private final Prepared statement;
        private final List<@Nullable Object> values;
        private final List<Format> formats;
        private @Nullable Reply reply;
        private int next;

        Portal(Prepared statement, List<@Nullable Object> values, List<Format> formats) {
            this.statement = statement;
            this.values = values;
            this.formats = formats;
        }
    }

    private final Book book;
    private final Answering answering;
    private final Wiring wiring;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    ExtendedQuery(Book book, Answering answering, Wiring wiring) {
        this.book = book;
        this.answering = answering;
        this.wiring = wiring;
    }

    void take(FrontendMessage message) throws IOException {
        if (message instanceof Parse parse) {
            parse(parse);
        } else if (message instanceof Bind bind) {
            bind(bind);
        } else if (message instanceof Describe describe) {
            describe(describe);
        } else if (message instanceof Execute execute) {
            execute(execute);
        } else if (message instanceof Close close) {
            (close.target() == Target.STATEMENT ? statements : portals).remove(close.name());
            wiring.send(Signal.CLOSE_COMPLETE);
        } else if (!(message instanceof CopyData || message instanceof CopyFail || message == Command.COPY_DONE)) {
            // Data that was on its way when its COPY failed is ignored, as PostgreSQL does.
            throw Refusal.error(
                    "0A000", "this server does not know " + message.getClass().getSimpleName());
        }
    }

    /** Forgets a statement, or all of them if none is named. */
    void forget(@Nullable String name) {
        if (name == null) {
            statements.clear();
        } else {
            statements.remove(name);
        }
    }

    /** Portals end with their transaction. */
    void endPortals() {
        portals.clear();
    }

    private void parse(Parse parse) throws IOException {
        if (!parse.name().isEmpty() && statements.containsKey(parse.name())) {
            throw Refusal.error("42P05", "prepared statement \"" + parse.name() + "\" already exists");
        }
        List<String> parts = Statements.of(parse.sql());
        if (parts.size() > 1) {
            throw Refusal.error("42601", "cannot insert multiple commands into a prepared statement");
        }
        Known known = parts.isEmpty() ? null : book.find(parts.get(0));
        List<ServerType> types = new ArrayList<>(known == null ? List.of() : known.types());
        int[] given = parse.parameterTypeOids();
        for (int i = 0; i < given.length; i++) {
            if (i == types.size()) {
                types.add(ServerType.TEXT);
            }
            types.set(i, given[i] == 0 ? types.get(i) : ServerType.of(given[i]));
        }
        statements.put(parse.name(), new Prepared(known, types));
        wiring.send(Signal.PARSE_COMPLETE);
    }

    private void bind(Bind bind) throws IOException {
        Prepared statement = statement(bind.statement());
        if (bind.values().size() != statement.types().size()) {
            throw Refusal.error(
                    "08P01",
                    "bind message supplies " + bind.values().size() + " parameters, but prepared statement \""
                            + bind.statement() + "\" requires "
                            + statement.types().size());
        }
        if (!bind.portal().isEmpty() && portals.containsKey(bind.portal())) {
            throw Refusal.error("42P03", "cursor \"" + bind.portal() + "\" already exists");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < bind.values().size(); i++) {
            byte[] value = bind.values().get(i);
            boolean binary = Answering.format(bind.parameterFormats(), i) == Format.BINARY;
            try {
                values.add(value == null ? null : statement.types().get(i).read(value, binary));
            } catch (RuntimeException e) {
                throw Refusal.error(
                        binary ? "22P03" : "22P02",
                        "parameter $" + (i + 1) + " is no " + statement.types().get(i) + ": " + e.getMessage());
            }
        }
        portals.put(bind.portal(), new Portal(statement, values, bind.resultFormats()));
        wiring.send(Signal.BIND_COMPLETE);
    }

    private void describe(Describe describe) throws IOException {
        if (describe.target() == Target.STATEMENT) {
            Prepared statement = statement(describe.name());
            wiring.send(new ParameterDescription(
                    statement.types().stream().mapToInt(ServerType::oid).toArray()));
            send(columns(statement), List.of());
            return;
        }
        Portal portal = portal(describe.name());
        Known known = portal.statement.known();
        if (known != null && known.columns() != null) {
            send(known.columns(), portal.formats);
        } else {
            send(reply(portal) instanceof Rows rows ? rows.columns() : null, portal.formats);
        }
    }

    private void send(@Nullable List<Column> columns, List<Format> formats) throws IOException {
        wiring.send(columns == null ? Signal.NO_DATA : Answering.describe(columns, formats));
    }

    /** Those that were declared; else the handler is asked with NULLs, but only for what gives rows and changes nothing. */
    private @Nullable List<Column> columns(Prepared statement) throws IOException {
        Known known = statement.known();
        if (known == null || known.columns() != null) {
            return known == null ? null : known.columns();
        }
        if (!GIVES_ROWS.matcher(known.sql()).matches()) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>(known.values());
        all.addAll(Collections.nCopies(statement.types().size(), null));
        return answering.ask(known, all) instanceof Rows rows ? rows.columns() : null;
    }

    private @Nullable Reply reply(Portal portal) throws IOException {
        Known known = portal.statement.known();
        if (portal.reply == null && known != null) {
            // Those that stand in the statement, and those that were bound.
            List<@Nullable Object> all = new ArrayList<>(known.values());
            all.addAll(portal.values);
            portal.reply = answering.ask(known, all);
        }
        return portal.reply;
    }

    private void execute(Execute execute) throws IOException {
        Portal portal = portal(execute.portal());
        Reply reply = reply(portal);
        if (reply == null) {
            wiring.send(Signal.EMPTY_QUERY_RESPONSE);
        } else if (reply instanceof Rows rows) {
            int left = rows.rows().size() - portal.next;
            // None and less are all, as for PostgreSQL.
            int most = execute.maxRows() <= 0 ? Integer.MAX_VALUE : execute.maxRows();
            int count = Math.min(left, most);
            boolean paged = portal.next > 0 || count < left;
            answering.send(rows, portal.next, portal.next + count, portal.formats);
            portal.next += count;
            if (count == most) {
                wiring.send(Signal.PORTAL_SUSPENDED);
            } else {
                wiring.send(new CommandComplete(paged ? rows.commandTag(count) : rows.commandTag()));
            }
        } else {
            answering.send(reply, portal.formats);
        }
    }

    private Prepared statement(String name) {
        Prepared statement = statements.get(name);
        if (statement == null) {
            throw Refusal.error("26000", "prepared statement \"" + name + "\" does not exist");
        }
        return statement;
    }

    private Portal portal(String name) {
        Portal portal = portals.get(name);
        if (portal == null) {
            throw Refusal.error("34000", "portal \"" + name + "\" does not exist");
        }
        return portal;
    }
}
