package dev.pgwire.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a statement that it has not run.
 *
 * @param parameters what it takes for {@code $1}, {@code $2} and so on; cannot be changed
 * @param columns what it returns; null if it returns no rows by its nature
 */
public record StatementDescription(
        List<Parameter> parameters, @Nullable List<Column> columns) {
    /** Copies the parameters. */
    public StatementDescription {
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter of a statement.
     *
     * @param typeOid of the type that the server has found for it
     * @param typeName its name, such as {@code int4}
     */
    public record Parameter(long typeOid, String typeName) {}
}
