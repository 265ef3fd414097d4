package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.dialogue.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a row has: a statement is described once, under whatever name, and its portals are executed many times without. It
 * follows what the client asks, in the order in which the server answers. What was described before the recording began is not known.
 */
final class Columns {
    /**
     * What the server has still to answer: a request that a row or a description may belong to, or the end of a segment.
     *
     * @param statement of an Execute, the statement of its portal; null if the portal itself is described
     */
    private record Asked(String what, String name, @Nullable String statement) {
        Asked(String what, String name) {
            this(what, name, null);
        }
    }

    private static final String SYNC = "Sync";
    private static final String EXECUTE = "Execute";
    private static final String COPY_DONE = "CopyDone";
    private static final String STATEMENT = "S";
    private static final String PORTAL = "P";

    private final Deque<Asked> asked = new ArrayDeque<>();
    /** The SQL of each name. */
    private final Map<String, String> sql = new HashMap<>();
    /** The columns of each SQL. */
    private final Map<String, List<ResultColumn>> statements = new HashMap<>();
    /** The SQL of the statement of each portal. */
    private final Map<String, String> portals = new HashMap<>();

    private final Map<String, List<ResultColumn>> described = new HashMap<>();
    /** The portals that are described since they were bound. */
    private final Set<String> asksForPortal = new HashSet<>();

    private List<ResultColumn> ofQuery = List.of();
    private boolean isCopying;
    /** How many Syncs the server is believed to ignore, as it waits for data; none once there was any. */
    private int ignored;

    /** Takes the next message of either side; returns the columns if it is a row. */
    List<ResultColumn> take(Said said) {
        if (said.side() == Side.FRONTEND) {
            ask(said);
            return List.of();
        }
        if (said.is("DataRow")) {
            return columns();
        }
        answer(said);
        return List.of();
    }

    private void ask(Said said) {
        List<String> words = said.words();
        switch (said.name()) {
            case "Parse" -> sql.put(words.get(0), words.get(1));
            case "Bind" -> {
                portals.put(words.get(0), sql(words.get(1)));
                asksForPortal.remove(words.get(0));
            }
            case "Describe" -> {
                String name = words.get(0).substring(1);
                if (words.get(0).startsWith(PORTAL)) {
                    asked.add(new Asked(PORTAL, name));
                    asksForPortal.add(name);
                } else {
                    asked.add(new Asked(STATEMENT, sql(name)));
                }
            }
            case "Execute" -> {
                String portal = words.get(0);
                asked.add(new Asked(EXECUTE, portal, asksForPortal.contains(portal) ? null : portals.get(portal)));
            }
            case "Query", "FunctionCall" -> asked.add(new Asked("Query", ""));
            case SYNC -> {
                if (isCopying) {
                    ignored++;
                } else {
                    asked.add(new Asked(SYNC, ""));
                }
            }
            case "CopyData" -> ignored = isCopying ? 0 : ignored;
            case COPY_DONE, "CopyFail" -> endData();
            default -> {
                // Is not answered with rows.
            }
        }
    }

    private void endData() {
        if (!isCopying && !asked.isEmpty()) {
            asked.add(new Asked(COPY_DONE, ""));
        }
        isCopying = false;
        ignored = 0;
    }

    /** What is answered next; the end of data is not. */
    private @Nullable Asked head() {
        while (!asked.isEmpty() && asked.element().what.equals(COPY_DONE)) {
            asked.poll();
        }
        return asked.peek();
    }

    /** The Syncs behind a COPY are ignored, up to the end of its data. */
    private void beginCopy() {
        Asked copy = asked.poll();
        ignored = 0;
        while (!asked.isEmpty() && asked.element().what.equals(SYNC)) {
            asked.poll();
            ignored++;
        }
        isCopying = asked.isEmpty() || !asked.element().what.equals(COPY_DONE);
        if (copy != null) {
            asked.push(copy);
        }
    }

    /** A COPY that fails before there is any data has not ignored them. */
    private void fail() {
        Asked head = asked.poll();
        for (; ignored > 0; ignored--) {
            asked.push(new Asked(SYNC, ""));
        }
        if (head != null) {
            asked.push(head);
        }
        isCopying = false;
        while (head != null && !head.what.equals(SYNC) && !head.what.equals("Query")) {
            asked.poll();
            head = asked.peek();
        }
    }

    private String sql(String name) {
        return sql.getOrDefault(name, "of " + name);
    }

    private List<ResultColumn> columns() {
        Asked head = head();
        if (head == null || head.what.equals("Query")) {
            return ofQuery;
        }
        List<ResultColumn> columns = head.statement == null ? described.get(head.name) : statements.get(head.statement);
        return columns == null ? List.of() : columns;
    }

    private void answer(Said said) {
        Asked head = head();
        switch (said.name()) {
            case "RowDescription" -> describe(head, columns(said));
            case "NoData" -> describe(head, List.of());
            case "CopyInResponse" -> beginCopy();
            case "CommandComplete", "EmptyQueryResponse", "PortalSuspended" -> {
                isCopying = false;
                ignored = 0;
                if (head != null && head.what.equals(EXECUTE)) {
                    asked.poll();
                }
            }
            case "ErrorResponse" -> fail();
            case "ReadyForQuery" -> asked.poll();
            default -> {
                // Changes nothing.
            }
        }
    }

    private void describe(@Nullable Asked head, List<ResultColumn> columns) {
        if (head == null || head.what.equals("Query")) {
            ofQuery = columns;
        } else if (head.what.equals(STATEMENT)) {
            statements.put(head.name, columns);
            asked.poll();
        } else if (head.what.equals(PORTAL)) {
            described.put(head.name, columns);
            asked.poll();
        }
    }

    private static List<ResultColumn> columns(Said said) {
        try {
            return RowDescription.read(said.body()).fields().stream()
                    .map(column -> new ResultColumn(column.name(), column.typeOid()))
                    .toList();
        } catch (ProtocolViolation unreadable) {
            return List.of();
        }
    }
}
