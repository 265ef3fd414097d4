package dev.pgwire.laboratory.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer with rows, to which they are added one by one. Not for several threads while it is filled. */
public final class Rows implements Reply {
    private final List<Column> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private @Nullable String tag;

    Rows(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * Adds a row.
     *
     * @param values one for each column; null for NULL
     */
    public Rows row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row of " + values.length + " values, expected " + columns.size() + " for " + columns);
        }
        rows.add(Collections.unmodifiableList(Arrays.asList(values.clone())));
        return this;
    }

    /** Ends the rows by this command tag, such as {@code INSERT 0 1} behind RETURNING, and not by SELECT and their number. */
    public Rows tag(String tag) {
        this.tag = tag;
        return this;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** Of a page of them. */
    String commandTag(int count) {
        return tag == null ? "SELECT " + count : tag;
    }

    String commandTag() {
        return tag == null ? "SELECT " + rows.size() : tag;
    }
}
