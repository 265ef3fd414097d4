package dev.pgwire.sql;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.internal.sql.SqlName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A name, such as that of a table, with its schema or without. It is always quoted, so it is the name that the catalog has: capitals
 * stay, and a dot is a part of the name.
 *
 * @param parts the name, with what it is in before it: a schema and a table, a table and a column
 */
public record Identifier(List<String> parts) implements Composable {
    /** The server cuts a longer name off, and then finds another object or none. Source: NAMEDATALEN in the server. */
    private static final int MOST_BYTES = 63;

    /**
     * A name of one or several parts.
     *
     * @throws InterfaceException if there are no parts, or if one is empty or has more than 63 bytes in UTF-8
     * @throws DataException if one has U+0000 or half of a surrogate pair
     */
    public Identifier {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new InterfaceException("an identifier has no parts, expected a name as the catalog has it");
        }
        parts.forEach(Identifier::check);
    }

    /** A name of one or several parts: {@code Identifier.of("public", "users")}. Throws as the constructor does. */
    public static Identifier of(String... parts) {
        return new Identifier(List.of(parts));
    }

    private static void check(String part) {
        long bytes;
        try {
            bytes = Utf8.length(part);
        } catch (DataException wrong) {
            throw DriverErrors.in("a name is refused: ", wrong);
        }
        if (bytes == 0 || bytes > MOST_BYTES) {
            throw new InterfaceException(
                    bytes == 0
                            ? "a name is empty, expected one as the catalog has it"
                            : "the name " + SqlExcerpt.of(part) + " has " + bytes + " bytes in UTF-8, expected at most "
                                    + MOST_BYTES + ": the server would cut it off, and find another object or none");
        }
    }

    /** The name as SQL has it. */
    String quoted() {
        return parts.stream().map(SqlName::quoted).collect(Collectors.joining("."));
    }

    /** The name as SQL has it. */
    @Override
    public String toString() {
        return quoted();
    }
}
