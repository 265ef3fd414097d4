package dev.pgwire.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A type and its random values: the server makes each of up to four literals.
 *
 * @param expression has them as {@code a}, {@code b}, {@code c} and {@code d}, which are text
 * @param next gives the literals of a value, null for NULL
 */
record RandomFamily(String type, String expression, Function<Random, @Nullable String[]> next) {
    static final int PARTS = 4;

    /** A type whose values are each made of one literal. */
    static RandomFamily of(String type, Function<Random, String> literal) {
        return new RandomFamily(type, "a::" + type, random -> new String[] {literal.apply(random)});
    }

    /** Arrays of the type: of up to three dimensions, with NULLs, some with other bounds than usual. */
    RandomFamily array() {
        char delimiter = type.equals("box") ? ';' : ',';
        return of(type + "[]", random -> {
            int[] lengths = random.ints(1 + random.nextInt(3), 1, 4).toArray();
            String bounds = random.nextInt(8) > 0
                    ? ""
                    : IntStream.of(lengths)
                            .mapToObj(length -> {
                                int lower = random.nextInt(10) - 5;
                                return "[" + lower + ":" + (lower + length - 1) + "]";
                            })
                            .collect(Collectors.joining("", "", "="));
            return random.nextInt(12) == 0 ? "{}" : bounds + elements(lengths, 0, delimiter, random);
        });
    }

    private String elements(int[] lengths, int dimension, char delimiter, Random random) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < lengths[dimension]; i++) {
            elements.add(
                    dimension + 1 < lengths.length
                            ? elements(lengths, dimension + 1, delimiter, random)
                            : random.nextInt(6) == 0 ? "NULL" : quoted(next.apply(random)[0]));
        }
        return elements.stream().collect(Collectors.joining(String.valueOf(delimiter), "{", "}"));
    }

    static String quoted(@Nullable String literal) {
        return '"' + String.valueOf(literal).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Ranges over the type.
     *
     * @param bounds which bounds they may have, {@code [)} and so on: those of whole numbers are made this by the server
     */
    RandomFamily range(String range, String... bounds) {
        return new RandomFamily(range, ordered(range, "a", "b", "c"), random ->
                new String[] {bound(random), bound(random), bounds[random.nextInt(bounds.length)]});
    }

    /** Multiranges of up to two ranges over the type. */
    RandomFamily multirange(String multirange, String range) {
        return new RandomFamily(
                multirange,
                "CASE WHEN a = b THEN " + multirange + "(" + ordered(range, "a", "b", "'[)'") + ") ELSE " + multirange
                        + "(" + ordered(range, "a", "b", "'[)'") + ", " + ordered(range, "c", "d", "'[)'") + ") END",
                random -> new String[] {bound(random), bound(random), bound(random), bound(random)});
    }

    /** Arrays of two of them and a NULL, of a type whose values are made of more than one literal. */
    RandomFamily listed() {
        return new RandomFamily(type + "[]", "ARRAY[" + expression + ", NULL, " + expression + "]", next);
    }

    private @Nullable String bound(Random random) {
        return random.nextInt(10) == 0 ? null : next.apply(random)[0];
    }

    private String ordered(String range, String one, String other, String bounds) {
        String first = one + "::" + type;
        String second = other + "::" + type;
        return "CASE WHEN " + first + " > " + second + " THEN " + range + "(" + second + ", " + first + ", " + bounds
                + ") ELSE " + range + "(" + first + ", " + second + ", " + bounds + ") END";
    }

    @Override
    public String toString() {
        return type;
    }
}
