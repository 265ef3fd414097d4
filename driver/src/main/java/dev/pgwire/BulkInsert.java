package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.insert.InsertTarget;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Connection#insertMany(BulkInsert, Iterable)} does with its rows. Immutable: each method gives another one.
 *
 * <pre>{@code
 * BulkInsert.into("users", "id", "name").onConflict("(id) DO NOTHING").returning("id")
 * }</pre>
 */
public final class BulkInsert {
    private final String table;
    private final List<String> columns;
    private final @Nullable String conflict;
    private final @Nullable String returning;
    private final BulkWay way;

    private BulkInsert(
            String table, List<String> columns, @Nullable String conflict, @Nullable String returning, BulkWay way) {
        this.table = Objects.requireNonNull(table, "table");
        this.columns = List.copyOf(columns);
        this.conflict = conflict;
        this.returning = returning;
        this.way = Objects.requireNonNull(way, "way");
    }

    /** As {@link #into(String, List)}. */
    public static BulkInsert into(String table, String... columns) {
        return into(table, List.of(columns));
    }

    /**
     * An insert into some columns of a table; the others get their defaults.
     *
     * <p>Names are taken as the catalog has them, upper and lower case included, and always quoted: whatever they contain,
     * they are names and no SQL.
     *
     * @param table {@code name} or {@code schema.name}; a part that begins with a double quote is read as SQL reads it, so
     *     that a dot can stand in it: {@code public."my.table"}
     * @param columns the names of the columns, at least one
     */
    public static BulkInsert into(String table, List<String> columns) {
        return new BulkInsert(table, columns, null, null, BulkWay.AUTOMATIC);
    }

    /**
     * With what should happen to a row that is there already.
     *
     * @param clause the SQL behind ON CONFLICT, such as {@code (id) DO NOTHING}; it goes to the server as it is and must not
     *     be made of what a user types
     */
    public BulkInsert onConflict(String clause) {
        return new BulkInsert(table, columns, Objects.requireNonNull(clause, "clause"), returning, way);
    }

    /**
     * With what should be returned of each row. All of it is held in memory until it is read.
     *
     * @param clause the SQL behind RETURNING, such as {@code id}; it goes to the server as it is and must not be made of
     *     what a user types
     */
    public BulkInsert returning(String clause) {
        return new BulkInsert(table, columns, conflict, Objects.requireNonNull(clause, "clause"), way);
    }

    /** In this way, whatever the number of rows; what the way cannot do is an error before a row is sent. */
    public BulkInsert way(BulkWay way) {
        return new BulkInsert(table, columns, conflict, returning, way);
    }

    /** The table as it was given. */
    public String table() {
        return table;
    }

    /** The names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** The SQL behind ON CONFLICT; null if there is none. */
    public @Nullable String conflict() {
        return conflict;
    }

    /** The SQL behind RETURNING; null if there is none. */
    public @Nullable String returning() {
        return returning;
    }

    /** The way that was asked for. */
    public BulkWay way() {
        return way;
    }

    /**
     * The same as the session takes it.
     *
     * @throws InterfaceException if a name has no acceptable form, or the way cannot do what is asked
     */
    InsertTarget target() {
        return InsertTarget.of(table, columns, conflict, returning, way.way());
    }

    @Override
    public String toString() {
        return "BulkInsert[" + table + columns + (conflict == null ? "" : " ON CONFLICT " + conflict)
                + (returning == null ? "" : " RETURNING " + returning) + ", " + way + "]";
    }
}
