package dev.pgwire.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Parts in their order.
 *
 * @param parts the parts
 */
public record Composed(List<Composable> parts) implements Composable {
    /** The parts are copied. */
    public Composed {
        parts = List.copyOf(parts);
    }

    /** Parts in their order. */
    public static Composed of(Composable... parts) {
        return new Composed(List.of(parts));
    }

    /** The parts, with dots in the place of values. */
    @Override
    public String toString() {
        return parts.stream().map(Composable::toString).collect(Collectors.joining());
    }
}
