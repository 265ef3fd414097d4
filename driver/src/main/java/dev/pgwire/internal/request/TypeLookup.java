package dev.pgwire.internal.request;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InsufficientPrivilegeException;
import dev.pgwire.error.InternalException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.registry.UnknownTypes;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.TransactionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server what types are, and what they are made of, in a round trip: with a simple Query, so that nothing is left
 * behind, also behind a pooler, or in the segment that is open. Servers that are no PostgreSQL refuse the question; where that
 * does not fail the transaction, it only means that these types are text.
 */
public final class TypeLookup extends Procedure<Boolean> {
    private static final String SQL = """
            WITH RECURSIVE %s parts (oid) AS (
                %s
                UNION
                SELECT made.part FROM parts, LATERAL (
                    SELECT t.typelem FROM pg_catalog.pg_type t WHERE t.oid = parts.oid AND t.typlen = -1
                    UNION ALL SELECT t.typbasetype FROM pg_catalog.pg_type t WHERE t.oid = parts.oid
                    UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = parts.oid
                    UNION ALL SELECT r.rngtypid FROM pg_catalog.pg_range r WHERE r.rngmultitypid = parts.oid
                    UNION ALL SELECT a.atttypid FROM pg_catalog.pg_type t JOIN pg_catalog.pg_attribute a
                            ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                        WHERE t.oid = parts.oid AND t.typtype = 'c') AS made (part)
                WHERE made.part <> 0)
            SELECT t.oid, n.nspname, t.typname, t.typtype::pg_catalog.text,
                t.typsend::pg_catalog.oid = 0 OR t.typreceive::pg_catalog.oid = 0,
                CASE WHEN t.typcategory = 'A' AND t.typlen = -1 THEN t.typelem ELSE 0 END,
                t.typdelim::pg_catalog.text, t.typbasetype,
                COALESCE(r.rngsubtype, m.rngtypid, 0),
                ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped AND t.typtype = 'c'
                    ORDER BY a.attnum),
                ARRAY(SELECT a.atttypid FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped AND t.typtype = 'c'
                    ORDER BY a.attnum)%s
            FROM parts JOIN pg_catalog.pg_type t ON t.oid = parts.oid
                JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
                LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = t.oid""";

    /** What a name stands for: the type that an unqualified name finds, or else one of that name, or with that schema before it. */
    private static final String NAMED = """
            named (name, oid) AS (
                SELECT asked.name, COALESCE(
                    pg_catalog.to_regtype('"' || pg_catalog.replace(asked.name, '"', '""') || '"')::pg_catalog.oid,
                    (SELECT pg_catalog.min(t.oid) FROM pg_catalog.pg_type t
                            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                        WHERE asked.name = t.typname::pg_catalog.text OR asked.name = n.nspname || '.' || t.typname))
                FROM (VALUES %s) asked (name)),""";

    private enum Phase {
        BEGIN,
        ANOTHER_ASKS,
        ASKED
    }

    /** The column with the names that were asked for. */
    private static final int NAMES = 11;

    /** How long another connection may ask before this one does, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DatabaseTypes types;
    private final int[] wanted;
    private final Set<String> names;
    private Phase phase = Phase.BEGIN;
    private int[] oids = {};
    /** What tells an open segment of the question; null where there is none. */
    private final @Nullable UnaryOperator<Exchange> segment;

    private @Nullable Procedure<Results> question;
    /** When the wait for another connection began. */
    private long since;

    /** Whether others wait for this one. */
    private boolean isAwaited;

    private TypeLookup(Dispatch dispatch, int[] oids, Set<String> names, @Nullable UnaryOperator<Exchange> segment) {
        super(dispatch);
        this.types = dispatch.types();
        this.wanted = oids;
        this.names = names;
        this.segment = segment;
    }

    /** A question while no segment is open. */
    public static TypeLookup of(Dispatch dispatch, int[] oids) {
        return new TypeLookup(dispatch, oids, Set.of(), null);
    }

    /** A question about a type while no segment is open; null if it is known. */
    public static @Nullable TypeLookup ofUnknown(Dispatch dispatch, int oid) {
        UnknownTypes unknown = new UnknownTypes(dispatch.types());
        unknown.meet(oid);
        return unknown.oids().length == 0 ? null : of(dispatch, unknown.oids());
    }

    /**
     * A question in the open segment. If the server refuses it, the segment has failed.
     *
     * @param segment has the segment told of an exchange, if it watches its statements
     */
    public static TypeLookup inSegment(Dispatch dispatch, int[] oids, UnaryOperator<Exchange> segment) {
        return new TypeLookup(dispatch, oids, Set.of(), segment);
    }

    /**
     * A question about the types with these names.
     *
     * @param segment as above; null while no segment is open
     */
    public static TypeLookup named(Dispatch dispatch, Set<String> names, @Nullable UnaryOperator<Exchange> segment) {
        return new TypeLookup(dispatch, new int[0], names, segment);
    }

    private String sql() {
        if (names.isEmpty()) {
            StringBuilder list = new StringBuilder();
            for (int oid : oids) {
                list.append(list.length() == 0 ? "" : ",").append(Integer.toUnsignedString(oid));
            }
            return SQL.formatted("", "SELECT pg_catalog.unnest('{" + list + "}'::pg_catalog.oid[])", "");
        }
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            // As hexadecimal digits, in which there is nothing to be quoted.
            String digits = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
            list.append(list.length() == 0 ? "" : ", ")
                    .append("(pg_catalog.convert_from(pg_catalog.decode('")
                    .append(digits)
                    .append("', 'hex'), 'UTF8'))");
        }
        return SQL.formatted(
                NAMED.formatted(list),
                "SELECT named.oid FROM named WHERE named.oid IS NOT NULL",
                ", ARRAY(SELECT named.name FROM named WHERE named.oid = t.oid)");
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ANOTHER_ASKS || !types.catalogue().isBeingAsked(oids) || isImpatient();
    }

    /** Whether the other connection has had its time: it may be stuck, and a deadline or an interrupt of this one shows when it sends. */
    private boolean isImpatient() {
        return System.nanoTime() - since >= PATIENCE.toNanos();
    }

    @Override
    protected boolean proceed() {
        Procedure<Results> asked = question;
        if (phase != Phase.ASKED || asked == null) {
            return begin();
        }
        Results answer;
        try {
            answer = asked.result();
            answer.throwFailure();
        } catch (DatabaseException refused) {
            if (refused.diagnostic() == null || refused instanceof OperationalException) {
                throw refused;
            }
            learn(refused);
            if (segment != null || dispatch().server().transactionStatus() == TransactionStatus.FAILED) {
                throw refused;
            }
            return over(false);
        }
        boolean seesAll = segment == null && dispatch().server().transactionStatus() == TransactionStatus.IDLE;
        if (seesAll) {
            names.forEach(name -> types.learnName(name, 0));
        }
        TypeTree tree = new TypeTree(types);
        for (PageRow row : rows(answer)) {
            tree.add(row);
            if (!names.isEmpty()) {
                for (Object name : Objects.requireNonNull(row.get(NAMES, List.class))) {
                    types.learnName((String) name, (int) row.getLong(0));
                }
            }
        }
        types.learn(tree.types(), tree.text());
        if (seesAll) {
            // A transaction may see the catalogs as they were before the type was made.
            types.catalogue().learn(oids, tree.types());
        }
        return over(true);
    }

    /** Takes from a refusal what it says of the server. It may be that of another statement in the segment, which says nothing. */
    private void learn(DatabaseException refused) {
        if (refused instanceof InternalException || !sql().equals(refused.sql())) {
            return;
        }
        if (refused instanceof InsufficientPrivilegeException) {
            types.refuse();
        } else if (names.isEmpty()) {
            types.catalogue().refuse();
        } else {
            names.forEach(name -> types.learnName(name, 0));
        }
    }

    private boolean ask() {
        phase = Phase.ASKED;
        question = first(
                segment == null ? OwnCommand.asking(dispatch(), sql()) : new OwnQuestion(dispatch(), sql(), segment));
        return false;
    }

    private boolean begin() {
        if (!names.isEmpty()) {
            return ask();
        }
        oids = Arrays.stream(wanted).filter(types::isWorthAsking).toArray();
        if (oids.length == 0) {
            return over(true);
        }
        boolean first = phase == Phase.BEGIN;
        isAwaited = types.catalogue().mayAsk(oids, types, dispatch().wake());
        if (!isAwaited && (first || !isImpatient())) {
            if (first) {
                since = System.nanoTime();
                CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(dispatch().wake());
            }
            phase = Phase.ANOTHER_ASKS;
            return false;
        }
        phase = Phase.ASKED;
        if (Arrays.stream(oids).noneMatch(types::isWorthAsking)) {
            // The other one was answered between the two looks.
            return over(true);
        }
        return ask();
    }

    /** Also where it fails, or its connection is lost: those that wait for it ask themselves then. */
    @Override
    protected void ended() {
        if (isAwaited) {
            types.catalogue().ended(oids);
        }
    }

    private static List<PageRow> rows(Results answer) {
        List<PageRow> rows = new ArrayList<>();
        Result result = answer.current();
        RowPlan plan = result == null ? null : result.plan();
        if (result == null || plan == null) {
            return rows;
        }
        for (@Nullable RowPage page = result.poll(); page != null; page = result.poll()) {
            for (int i = 0; i < page.size(); i++) {
                rows.add(page.keep(plan, i));
            }
        }
        return rows;
    }
}
