package dev.pgwire.row;

import java.util.List;

/**
 * The rows of a result, as an immutable list. It holds the bytes that the server sent; each {@link Row} is a view of
 * them that is made when it is asked for. May be kept and handed to any thread.
 */
public interface Rows extends List<Row> {
    /** The columns that every row has. */
    List<Column> columns();
}
