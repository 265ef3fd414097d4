package dev.pgwire.internal.session;

import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.type.Codec;
import dev.pgwire.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A statement that the server has parsed: its name there, and all that is decided once and for every execution. */
final class PreparedStatement {
    private static final Format[] NO_COLUMNS = {};

    private final String sql;
    private final byte[] name;
    private final int[] parameterTypes;
    private final @Nullable Codec<?>[] parameterCodecs;
    private final TypeRegistry types;
    private final @Nullable RowPlan plan;

    private PreparedStatement(
            String sql, String name, PrepareExchange described, TypeRegistry types, @Nullable RowPlan plan) {
        this.sql = sql;
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.types = types;
        this.parameterTypes = described.parameterTypes();
        this.parameterCodecs = new Codec<?>[parameterTypes.length];
        for (int i = 0; i < parameterTypes.length; i++) {
            parameterCodecs[i] = types.codec(parameterTypes[i]);
        }
        this.plan = plan;
    }

    /** A statement that the server keeps as it was described, be it to the end of the segment if it has no name. */
    static PreparedStatement kept(
            String sql, String name, PrepareExchange described, TypeRegistry types, RowPlanner planner) {
        RowDescription columns = described.columns();
        return new PreparedStatement(
                sql, name, described, types, columns == null ? null : planner.preferBinary(columns));
    }

    /** One that the server has described and does not keep. Its columns may be others when it is parsed again. */
    static PreparedStatement described(String sql, PrepareExchange described, TypeRegistry types, RowPlanner planner) {
        RowDescription columns = described.columns();
        return new PreparedStatement(sql, "", described, types, columns == null ? null : planner.asDescribed(columns));
    }

    /** Whether it is the unnamed statement, which the next Parse replaces. */
    boolean isUnnamed() {
        return name.length == 0;
    }

    String sql() {
        return sql;
    }

    byte[] name() {
        return name;
    }

    int[] parameterTypes() {
        return parameterTypes;
    }

    /** For each parameter the codec of its type, null where there is none. */
    @Nullable
    Codec<?>[] parameterCodecs() {
        return parameterCodecs;
    }

    String parameterTypeName(int index) {
        return types.typeName(parameterTypes[index]);
    }

    /** How its rows are read, or null if it gives none. */
    @Nullable
    RowPlan plan() {
        return plan;
    }

    Format[] resultFormats() {
        return plan == null ? NO_COLUMNS : plan.formats();
    }
}
