package dev.pgwire.laboratory.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement, and who answers it.
 *
 * @param types of its parameters
 * @param values those that stand in the statement itself
 * @param columns those of its rows where they were declared; null where only an answer tells
 */
record Known(
        String sql,
        List<ServerType> types,
        List<@Nullable Object> values,
        @Nullable List<Column> columns,
        Handler handler) {}
