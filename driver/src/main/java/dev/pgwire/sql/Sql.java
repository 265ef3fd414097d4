package dev.pgwire.sql;

import dev.pgwire.error.InterfaceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A text of SQL, which the program itself has written: it stands in the statement as it is. What comes from elsewhere is an
 * {@link Identifier}, a {@link Literal} or a parameter.
 *
 * @param text the text
 */
public record Sql(String text) implements Composable {
    /** A text. */
    public Sql {
        Objects.requireNonNull(text, "text");
    }

    /** A text. */
    public static Sql of(String text) {
        return new Sql(text);
    }

    /**
     * Puts parts in the place of the fields: <code>{}</code> for the next one, or <code>{0}</code>, <code>{1}</code> by number.
     *
     * <p>What is quoted or commented has no fields, as it has no parameters: the braces in <code>'{1,2}'</code> stay. Elsewhere
     * <code>{{</code> stands for <code>{</code> and <code>}}</code> for <code>}</code>. Where a part would run into what is beside
     * it, a space is set between them.
     *
     * @param parts one for each field; one with a number may have several fields
     * @throws InterfaceException if there are not as many parts as fields; if there are fields of several kinds; if a brace is not
     *     closed; or if it depends on {@code standard_conforming_strings} what is quoted
     */
    public Composed format(Composable... parts) {
        return Template.of(text).format(parts);
    }

    /**
     * Puts parts in the place of the fields with their names: <code>{table}</code>.
     *
     * @param parts one for each name; others are not used
     * @throws InterfaceException if a field has no part, and as {@link #format(Composable...)}
     */
    public Composed format(Map<String, ? extends Composable> parts) {
        return Template.of(text).format(parts);
    }

    /** The parts with this text between them. */
    public Composed join(Iterable<? extends Composable> parts) {
        List<Composable> joined = new ArrayList<>();
        for (Composable part : parts) {
            if (!joined.isEmpty()) {
                joined.add(this);
            }
            joined.add(part);
        }
        return new Composed(joined);
    }

    /** The parts with this text between them. */
    public Composed join(Composable... parts) {
        return join(Arrays.asList(parts));
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
