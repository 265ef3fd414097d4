package dev.pgwire.sql;

import java.util.ArrayList;
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

    @Override
    public Composed plus(Composable other) {
        List<Composable> more = new ArrayList<>(parts);
        more.add(other);
        return new Composed(more);
    }

    /** The parts, with dots in the place of values. */
    @Override
    public String toString() {
        return parts.stream().map(Composable::toString).collect(Collectors.joining());
    }
}
