package dev.pgwire.sql;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that stands in the text, as {@link Literals#literal} writes it: for statements that take no parameters. Elsewhere a
 * parameter is better, since the server then keeps the statement, and sees the value apart from it.
 *
 * @param value null for NULL; it is not copied
 */
public record Literal(@Nullable Object value) implements Composable {
    /** A value; null for NULL. */
    public static Literal of(@Nullable Object value) {
        return new Literal(value);
    }

    /** Whether the other one has an equal value; arrays are equal if their elements are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Literal literal && Objects.deepEquals(value, literal.value);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new @Nullable Object[] {value});
    }

    /** Dots: a value may be a secret. */
    @Override
    public String toString() {
        return value == null ? "NULL" : "'...'";
    }
}
