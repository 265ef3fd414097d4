package dev.pgwire.internal.insert;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.FirstAgain;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.request.Preparing;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.type.PgType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inserts any number of rows: decides the way when it has seen the first of them, and then sends chunk by chunk. */
public final class Insertion extends Procedure<Results> {
    private enum Phase {
        ROUTE,
        /** The step has described the INSERT. */
        DESCRIBED,
        /** The step has asked what may be done to the table. */
        PERMITTED,
        /** The step has described the INSERT of many rows. */
        UNNEST_DESCRIBED,
        /** The step has sent all rows. */
        SENT
    }

    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final InsertTarget target;
    private final FirstAgain rows;
    private final InsertBuffers buffers;
    private Phase phase = Phase.ROUTE;
    private @Nullable Procedure<?> step;
    /** The INSERT of one row. */
    private @Nullable PreparedStatement insert;
    /** Whether what is known of the INSERT may be old, and is asked for again if a value is refused. */
    private boolean doubted;

    private @Nullable RowChunk chunk;
    private boolean some;
    private boolean more;
    private InsertWay way = InsertWay.PIPELINED;
    private InsertPermission permission = InsertPermission.ALL;
    private @Nullable ChunkEncoder encoder;

    public Insertion(Dispatch dispatch, InsertTarget target, Iterator<@Nullable Object[]> rows, InsertBuffers buffers) {
        super(dispatch);
        this.target = target;
        this.rows = new FirstAgain(rows);
        this.buffers = buffers;
    }

    @Override
    protected boolean proceed() {
        try {
            return go();
        } catch (DataException refused) {
            PreparedStatement known = insert;
            if (!doubted || known == null) {
                throw refused;
            }
            doubted = false;
            dispatch().preparation().forget(known);
            if (!rows.isAtFirst()) {
                throw refused;
            }
            rows.again();
            step(Preparing.again(dispatch(), known, refused), Phase.DESCRIBED);
            return false;
        }
    }

    @Override
    protected void ended() {
        buffers.clear();
    }

    private boolean go() {
        switch (phase) {
            case ROUTE -> {
                PreparedStatement known = dispatch().preparation().known(target.insertSql());
                doubted = known != null;
                if (known == null) {
                    describe(target.insertSql(), Phase.DESCRIBED);
                } else {
                    encodeFirst(known);
                }
            }
            case DESCRIBED -> encodeFirst(described());
            case PERMITTED -> permitted(((InsertQuestion) Objects.requireNonNull(step)).result());
            case UNNEST_DESCRIBED -> sends(described());
            case SENT -> {
                return sent((InsertSending) Objects.requireNonNull(step));
            }
        }
        return false;
    }

    private void describe(String sql, Phase then) {
        step(Preparing.of(dispatch(), sql, dispatch().preparation().shape(sql)), then);
    }

    private void step(Procedure<?> procedure, Phase then) {
        step = procedure;
        phase = then;
        first(procedure);
    }

    private PreparedStatement described() {
        return ((Preparing) Objects.requireNonNull(step)).result();
    }

    private void encodeFirst(PreparedStatement statement) {
        insert = statement;
        InsertWay forced = target.forced();
        boolean refusesText = forced != null && forced != InsertWay.PIPELINED;
        check(statement, refusesText);
        RowChunk first = new RowChunk(buffers.fields(), target.columns(), statement, refusesText);
        chunk = first;
        takeFirst(first, forced == null ? InsertWay.MOST_UNNEST : ANY_NUMBER);
        way = forced == null
                ? InsertWay.choose(target, isBinary(statement) && !first.hasText(), first.rows(), more)
                : some ? forced : InsertWay.PIPELINED;
        if (way == InsertWay.COPY || (way == InsertWay.UNNEST && forced == null)) {
            step(new InsertQuestion(dispatch(), target, statement.parameterTypes()), Phase.PERMITTED);
        } else {
            permitted(InsertPermission.ALL);
        }
    }

    /** The source may take as long as it likes. */
    private void takeFirst(RowChunk first, int most) {
        dispatch().leaves();
        try {
            some = rows.hasNext();
            more = some && first.fill(rows, most);
        } finally {
            dispatch().comesBack();
        }
    }

    private void permitted(InsertPermission told) {
        permission = told;
        PreparedStatement statement = Objects.requireNonNull(insert);
        if (target.forced() == null) {
            way = way.permitted(told);
        } else if (!told.types()) {
            dispatch().preparation().forget(statement);
            throw new InterfaceException("the types of the columns " + target.columns() + " of " + target.table()
                    + " have changed since they were asked for, expected the same call once more");
        }
        if (way == InsertWay.UNNEST && !isUnnestable(statement)) {
            way = InsertWay.PIPELINED;
        }
        if (way != InsertWay.UNNEST) {
            sends(null);
            return;
        }
        List<String> types = IntStream.range(0, target.columns().size())
                .mapToObj(statement::parameterTypeName)
                .toList();
        String unnest = target.unnestSql(types);
        PreparedStatement known = dispatch().preparation().known(unnest);
        if (known == null) {
            describe(unnest, Phase.UNNEST_DESCRIBED);
        } else {
            sends(known);
        }
    }

    /**
     * Sends the rows.
     *
     * @param unnest the INSERT of many rows, where that is the way
     */
    private void sends(@Nullable PreparedStatement unnest) {
        ChunkEncoder writer = new ChunkEncoder(Objects.requireNonNull(insert), unnest, buffers.arrays());
        encoder = writer;
        step(
                new InsertSending(
                        dispatch(), target, writer, way == InsertWay.COPY, Objects.requireNonNull(chunk), more, rows),
                Phase.SENT);
    }

    private boolean sent(InsertSending sending) {
        Results results = sending.result();
        Preparation preparation = dispatch().preparation();
        preparation.forgetsStale(Objects.requireNonNull(encoder).statement(), sending.failure());
        if (!permission.types()) {
            preparation.forget(Objects.requireNonNull(insert));
        }
        return over(results);
    }

    private static boolean isBinary(PreparedStatement insert) {
        return Arrays.stream(insert.parameterCodecs()).allMatch(Objects::nonNull);
    }

    /** Whether an array of each column's values is taken apart into these values: an array of arrays goes to pieces. */
    private static boolean isUnnestable(PreparedStatement insert) {
        return IntStream.range(0, insert.parameterTypes().length)
                .mapToObj(insert::parameterType)
                .allMatch(type -> type != null
                        && type.schema().equals("pg_catalog")
                        && !(type instanceof PgType.Array || type instanceof PgType.Pseudo));
    }

    private void check(PreparedStatement statement, boolean mustBeBinary) {
        int parameters = statement.parameterTypes().length;
        if (parameters != target.columns().size()) {
            throw new InterfaceException("the insert into " + target.table() + " has " + parameters + " parameters for "
                    + target.columns().size() + " columns, expected ON CONFLICT and RETURNING without parameters");
        }
        if (mustBeBinary && !isBinary(statement)) {
            int column = Arrays.asList(statement.parameterCodecs()).indexOf(null);
            throw new InterfaceException(target.forced() + " writes values in binary, which for column \""
                    + target.columns().get(column) + "\" (" + statement.parameterTypeName(column)
                    + ") no codec can do, expected PIPELINED, or that the choice is left to the driver");
        }
        if (target.forced() == InsertWay.UNNEST && !isUnnestable(statement)) {
            throw new InterfaceException(
                    "UNNEST writes the values of a column as an array, which only built-in types that"
                            + " are no arrays themselves can be taken out of, expected COPY, PIPELINED, or that the choice is"
                            + " left to the driver");
        }
    }
}
