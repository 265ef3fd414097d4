package dev.pgwire.internal.statement;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.exchange.ParsedStatement;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.type.PgType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the server has described: all that is decided once and for every execution. As long as the server does not
 * keep it under a name, each execution parses it again, for the types that it was described with, and has the portal
 * described, so that neither a value nor a row is ever read as what it is not any more.
 */
public final class PreparedStatement implements ParsedStatement, Route {
    private static final Format[] NO_COLUMNS = {};
    private static final byte[] UNNAMED = {};
    /** What a parameter or a column takes beside the text, here and in the server, in about as many bytes of text. */
    private static final int SIZE_EACH = 16;

    private final String sql;
    private final SqlShape shape;
    private final int[] parameterTypes;
    private final @Nullable FieldCodec<?>[] parameterCodecs;
    private final TypeRegistry types;
    private final RowPlanner planner;
    private final @Nullable RowPlan plan;
    private byte[] name = UNNAMED;
    private @Nullable ExecutionFrame frame;
    /** Of the last execution that the frame did not fit. */
    private Format @Nullable [] lastFormats;

    private boolean run;
    private boolean parsed;
    private boolean kept;
    private boolean stale;
    private boolean lacksTypes;

    private PreparedStatement(
            String sql, SqlShape shape, PrepareExchange described, TypeRegistry types, RowPlanner planner) {
        this.sql = sql;
        this.shape = shape;
        this.types = types;
        this.planner = planner;
        this.parameterTypes = described.parameterTypes();
        this.parameterCodecs = new FieldCodec<?>[parameterTypes.length];
        for (int i = 0; i < parameterTypes.length; i++) {
            FieldCodec<?> codec = types.codec(parameterTypes[i]);
            parameterCodecs[i] = codec == null ? null : codec.plain();
        }
        RowDescription columns = described.columns();
        this.plan = columns == null ? null : planner.preferBinary(columns);
    }

    /** A statement that the server has described, and does not keep. */
    public static PreparedStatement described(
            String sql, SqlShape shape, PrepareExchange described, TypeRegistry types, RowPlanner planner) {
        return new PreparedStatement(sql, shape, described, types, planner);
    }

    /** The same, now kept by the server under a name, as it was described. */
    public PreparedStatement keptAs(String name) {
        parseAs(name);
        parsed = true;
        kept = true;
        return this;
    }

    /** Takes note that it is about to be run; returns whether it was before. */
    public boolean comesAgain() {
        boolean again = run;
        run = true;
        return again;
    }

    /** The server is about to be asked to keep it under a name. */
    public void parseAs(String name) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
    }

    /** The server has lost it. */
    public void lose() {
        name = UNNAMED;
        parsed = false;
        kept = false;
    }

    /** What is written for a value: a codec of its parameter is given this. */
    public Object base(Object value) {
        return types.base(value);
    }

    @Override
    public void parsed() {
        parsed = name.length > 0;
    }

    @Override
    public @Nullable RowPlan described(@Nullable RowDescription columns) {
        RowPlan known = plan;
        if (columns == null ? known == null : known != null && known.fits(columns)) {
            kept = parsed;
            return known;
        }
        stale = true;
        return columns == null ? null : planner.asDescribed(columns);
    }

    @Override
    public void failed() {
        if (!parsed) {
            name = UNNAMED;
        }
    }

    /** Whether the server keeps it, and its columns are known to be those of the plan. */
    public boolean isKept() {
        return kept;
    }

    /** Whether its columns are not those of the plan any more. */
    boolean isStale() {
        return stale;
    }

    /** Whether the server has not been asked to keep it. */
    public boolean isUnnamed() {
        return name.length == 0;
    }

    public String sql() {
        return sql;
    }

    @Override
    public SqlShape shape() {
        return shape;
    }

    public String name() {
        return new String(name, StandardCharsets.US_ASCII);
    }

    /** The bytes of the name, none if it has none. Not to be changed. */
    byte[] nameBytes() {
        return name;
    }

    /** The frame of its executions; null if it has had none. */
    @Nullable
    ExecutionFrame frame() {
        return frame;
    }

    /** Takes note of an execution that the frame did fit. */
    void executedAsBefore() {
        lastFormats = null;
    }

    /**
     * Takes note of an execution that the frame did not fit. The first one has a frame made for those that follow; values in
     * other formats get it when these come twice in a row, so that those that come by turns do not make one each time.
     */
    void executedWith(Format[] formats) {
        if (frame == null || Arrays.equals(formats, lastFormats)) {
            frame = ExecutionFrame.of(this, formats);
            lastFormats = null;
        } else {
            lastFormats = formats.clone();
        }
    }

    /** About what it takes, in bytes of text. */
    public int size() {
        int columns = plan == null ? 0 : plan.size();
        return sql.length() + SIZE_EACH * (parameterTypes.length + columns);
    }

    public int[] parameterTypes() {
        return parameterTypes;
    }

    /** For each parameter the codec of its type, null where there is none. */
    @Nullable
    public FieldCodec<?>[] parameterCodecs() {
        return parameterCodecs;
    }

    /** Whether it takes the same values as another one: its types are the same, and so is what is known of them. */
    public boolean takesTheSameAs(PreparedStatement other) {
        return Arrays.equals(parameterTypes, other.parameterTypes)
                && Arrays.equals(parameterCodecs, other.parameterCodecs);
    }

    /** Takes note that the server was not asked about all of its types, which it still may be. */
    public PreparedStatement lackingTypes() {
        lacksTypes = true;
        return this;
    }

    /** Whether the server may be asked about some of its types. */
    public boolean lacksTypes() {
        return lacksTypes;
    }

    /** What is known of a parameter's type; null if that is nothing. */
    @Nullable
    public PgType parameterType(int index) {
        return types.type(parameterTypes[index]);
    }

    public String parameterTypeName(int index) {
        return types.typeName(parameterTypes[index]);
    }

    /** How its rows are read, or null if it gives none. */
    @Nullable
    public RowPlan plan() {
        return plan;
    }

    public Format[] resultFormats() {
        return plan == null ? NO_COLUMNS : plan.formats();
    }
}
