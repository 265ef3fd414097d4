package dev.pgwire.row;

import java.util.List;

/**
 * The rows of a result, as an immutable list. It holds the bytes that the server sent; each {@link Row} is a view of
 * them that is made when it is asked for. May be kept and handed to any thread.
 *
 * <p>As every List it equals any List that has equal rows in the same order; {@link Row#equals} says which are equal. An
 * empty one equals every empty List, whatever its columns.
 */
public interface Rows extends List<Row> {
    /** The columns that every row has. */
    List<Column> columns();
}
