package dev.pgwire.it;

import static dev.pgwire.it.RandomLiterals.text;
import static dev.pgwire.it.RandomLiterals.whole;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random literals of documents, of queries and of what has a grammar of its own. */
final class RandomDocuments {
    private RandomDocuments() {}

    private static String several(Random random, int most, String delimiter, Supplier<String> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).collect(Collectors.joining(delimiter));
    }

    static String choice(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> choice(random, "null", "true", "false");
            case 1 -> RandomLiterals.numeric(random);
            case 2 -> whole(random, 40) + choice(random, "", "e3", "E-2", ".50");
            case 3 -> jsonString(random);
            case 4 -> "[" + several(random, 3, choice(random, ",", " , "), () -> json(random, depth - 1)) + "]";
            default -> "{ " + several(random, 3, ",", () -> jsonString(random) + ": " + json(random, depth - 1)) + "}";
        };
    }

    private static String jsonString(Random random) {
        String safe = text(random, 12).replaceAll("[\\\\\"\\p{Cntrl}]", "");
        return '"' + safe + choice(random, "", "\\n", "\\\"", "\\\\", "\\u00e9", "/") + '"';
    }

    static String jsonpath(Random random) {
        return choice(random, "", "lax ", "strict ") + "$" + several(random, 4, "", () -> step(random));
    }

    private static String step(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> ".key_" + random.nextInt(100);
            case 1 -> "." + jsonString(random);
            case 2 -> choice(random, "[*]", ".*", ".**", ".**{1 to 3}", "[last]", "[0 to last]");
            case 3 -> "[" + random.nextInt(10) + ", " + random.nextInt(10) + "]";
            case 4 -> choice(random, ".size()", ".type()", ".double()", ".keyvalue()", ".abs()");
            case 5 -> " ? (@.a " + choice(random, "==", "<", ">=", "<>") + " " + random.nextInt(1000) / 4.0 + ")";
            default ->
                " ? (@ == " + jsonString(random) + choice(random, " && ", " || ") + "!(exists(@.b)) || $x > "
                        + random.nextInt(9) + ")";
        };
    }

    static String xml(Random random) {
        String content = several(
                random, 3, "", () -> random.nextBoolean() ? characters(random) : "<b c='" + characters(random) + "'/>");
        return choice(random, content, "<a>" + content + "</a>", "<?xml version=\"1.0\"?><a>" + content + "</a>");
    }

    /** Not all characters can stand in a document. */
    private static String characters(Random random) {
        return text(random, 8).replaceAll("[\\p{Cntrl}<>&'\\uFFFE\\uFFFF]", "x");
    }

    static String tsvector(Random random) {
        return several(random, 5, " ", () -> word(random) + positions(random));
    }

    private static String positions(Random random) {
        String positions = several(
                random,
                4,
                ",",
                () -> 1
                        + random.nextInt(random.nextBoolean() ? 5 : 16383)
                        + choice(random, "", "", "A", "B", "C", "D"));
        return positions.isEmpty() ? "" : ":" + positions;
    }

    private static String word(Random random) {
        String word = random.nextBoolean() ? choice(random, "cat", "it's", "\\", " ", "é:&") : text(random, 10) + "w";
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String tsquery(Random random, int depth) {
        if (depth == 0) {
            String flags = several(random, 2, "", () -> choice(random, "*", "A", "B", "C", "D"));
            return word(random) + (flags.isEmpty() ? "" : ":" + flags);
        }
        if (random.nextInt(5) == 0) {
            return "!(" + tsquery(random, depth - 1) + ")";
        }
        String operator = choice(random, " & ", " | ", " <-> ", " <2> ", " <16384> ", " <0> ");
        String one = tsquery(random, depth - 1);
        String other = tsquery(random, random.nextInt(depth));
        return random.nextBoolean() ? "(" + one + operator + other + ")" : one + operator + other;
    }

    static String snapshot(Random random) {
        long xmin = 1 + Math.abs(whole(random, 62));
        long xmax = xmin + random.nextInt(30);
        return xmin + ":" + xmax + ":"
                + random.longs(random.nextInt(5), xmin, xmax + 1)
                        .filter(xid -> xid < xmax)
                        .sorted()
                        .distinct()
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(","));
    }

    static String hstore(Random random) {
        return several(
                random,
                5,
                ", ",
                () -> RandomFamily.quoted(text(random, 6)) + "=>"
                        + (random.nextInt(5) == 0 ? "NULL" : RandomFamily.quoted(text(random, 12))));
    }

    private static String label(Random random) {
        return choice(random, "Top", "a_1", "Z" + random.nextInt(1000), "x".repeat(1 + random.nextInt(30)));
    }

    static String ltree(Random random) {
        return several(random, 6, ".", () -> label(random));
    }

    static String lquery(Random random) {
        return label(random)
                + choice(random, "", "@", "*", "%", "@*")
                + several(random, 4, "", () -> switch (random.nextInt(3)) {
                    case 0 -> ".*{" + random.nextInt(3) + "," + (3 + random.nextInt(5)) + "}";
                    case 1 -> "." + choice(random, "", "!") + label(random) + "|" + label(random);
                    default -> ".*";
                });
    }

    static String ltxtquery(Random random) {
        return label(random)
                + several(
                        random,
                        4,
                        "",
                        () -> choice(random, " & ", " | ")
                                + choice(random, "", "!")
                                + label(random)
                                + choice(random, "", "@", "*"));
    }

    static String cube(Random random) {
        int dimensions = random.nextInt(4);
        Supplier<String> corner = () -> Stream.generate(() -> RandomLiterals.float8(random))
                .limit(dimensions)
                .collect(Collectors.joining(",", "(", ")"));
        return dimensions > 0 && random.nextBoolean() ? corner.get() + "," + corner.get() : corner.get();
    }
}
