package dev.pgwire.it;

import static dev.pgwire.it.RandomLiterals.text;
import static dev.pgwire.it.RandomLiterals.whole;

import dev.pgwire.Connection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values of every type that has a codec, and of types that a user makes. */
final class RandomFamilies {
    private RandomFamilies() {}

    /** What makes the types that the server does not have by itself, in a schema of their own. */
    static final List<String> DEFINITIONS = List.of(
            "CREATE SCHEMA random_it",
            "SET search_path TO random_it, public",
            "CREATE EXTENSION hstore",
            "CREATE EXTENSION citext",
            "CREATE EXTENSION ltree",
            "CREATE EXTENSION cube",
            "CREATE TYPE mood AS ENUM ('happy', 'so so', 'it''s \"ça\"', 'NULL', '')",
            "CREATE DOMAIN amount AS numeric CHECK (VALUE < 1e100000)",
            "CREATE TYPE textrange AS RANGE (subtype = text, multirange_type_name = textmultirange)",
            "CREATE TYPE inetrange AS RANGE (subtype = inet, multirange_type_name = inetmultirange)",
            "CREATE TYPE floatrange AS RANGE (subtype = float8, multirange_type_name = floatmultirange)",
            "CREATE TYPE part AS (number int4, words text[], mood mood, flag bool)",
            "CREATE TYPE whole AS (part part, amount amount, parts part[])");

    private static final Map<String, String> OIDS = Map.ofEntries(
            // What is written back is the name, which must say which one is meant.
            Map.entry("regproc", "SELECT min(oid) FROM pg_proc GROUP BY proname HAVING count(*) = 1"),
            Map.entry("regoper", "SELECT min(oid) FROM pg_operator GROUP BY oprname HAVING count(*) = 1"),
            Map.entry("regprocedure", "SELECT oid FROM pg_proc"),
            Map.entry("regoperator", "SELECT oid FROM pg_operator"),
            Map.entry("regclass", "SELECT oid FROM pg_class"),
            Map.entry("regtype", "SELECT oid FROM pg_type"),
            Map.entry("regcollation", "SELECT oid FROM pg_collation WHERE collencoding IN (-1, 6)"),
            Map.entry("regnamespace", "SELECT oid FROM pg_namespace"),
            Map.entry("regrole", "SELECT oid FROM pg_roles"),
            Map.entry("regconfig", "SELECT oid FROM pg_ts_config"),
            Map.entry("regdictionary", "SELECT oid FROM pg_ts_dict"));

    static List<RandomFamily> all(Connection conn) {
        List<RandomFamily> bases = Stream.of(numbers(), texts(), times(), shapesAndAddresses(), system(), contrib())
                .flatMap(family -> family)
                .collect(Collectors.toCollection(ArrayList::new));
        OIDS.forEach((type, sql) -> bases.add(named(conn, type, sql)));
        List<RandomFamily> all = new ArrayList<>(bases);
        bases.forEach(base -> all.add(base.array()));
        ranges(bases.stream().collect(Collectors.toMap(RandomFamily::type, base -> base)), all);
        all.add(part());
        all.add(new RandomFamily(
                "whole",
                "ROW(ROW(a::int4, ARRAY[b, 'x', NULL], 'so so', NULL)::part, c, ARRAY[ROW(1, ARRAY[d], NULL, true)::part,"
                        + " NULL])::whole",
                random -> new String[] {
                    Long.toString(whole(random, 32)), text(random, 20), RandomLiterals.numeric(random), text(random, 5)
                }));
        return all;
    }

    private static Stream<RandomFamily> numbers() {
        return Stream.of(
                RandomFamily.of("bool", random -> Boolean.toString(random.nextBoolean())),
                RandomFamily.of("int2", random -> Long.toString(whole(random, 16))),
                RandomFamily.of("int4", random -> Long.toString(whole(random, 32))),
                RandomFamily.of("int8", random -> Long.toString(whole(random, 64))),
                RandomFamily.of("oid", RandomFamilies::unsigned),
                RandomFamily.of("float4", RandomLiterals::float4),
                RandomFamily.of("float8", RandomLiterals::float8),
                RandomFamily.of("numeric", RandomLiterals::numeric),
                RandomFamily.of("amount", RandomLiterals::numeric),
                RandomFamily.of("money", random -> BigDecimal.valueOf(whole(random, 64), 2)
                        .toPlainString()),
                RandomFamily.of("bit(7)", random -> RandomLiterals.bits(random, 7)),
                RandomFamily.of("varbit", random -> RandomLiterals.bits(random, random.nextInt(70))));
    }

    private static Stream<RandomFamily> texts() {
        return Stream.of(
                RandomFamily.of("text", random -> text(random, 40)),
                RandomFamily.of("varchar", random -> text(random, 10)),
                RandomFamily.of("bpchar", random -> text(random, 10) + " ".repeat(random.nextInt(3))),
                RandomFamily.of("name", random -> text(random, 15)),
                RandomFamily.of("refcursor", random -> text(random, 15)),
                RandomFamily.of("\"char\"", random -> String.valueOf((char) (1 + random.nextInt(127)))),
                RandomFamily.of("bytea", RandomLiterals::bytea),
                RandomFamily.of("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString()),
                RandomFamily.of(
                        "mood", random -> RandomDocuments.choice(random, "happy", "so so", "it's \"ça\"", "NULL", "")),
                RandomFamily.of("json", random -> RandomDocuments.json(random, 3)),
                RandomFamily.of("jsonb", random -> RandomDocuments.json(random, 3)),
                RandomFamily.of("jsonpath", RandomDocuments::jsonpath),
                RandomFamily.of("xml", RandomDocuments::xml),
                RandomFamily.of("tsvector", RandomDocuments::tsvector),
                RandomFamily.of("tsquery", random -> RandomDocuments.tsquery(random, random.nextInt(5))));
    }

    private static Stream<RandomFamily> times() {
        return Stream.of(
                RandomFamily.of("date", RandomLiterals::date),
                RandomFamily.of("time", RandomLiterals::time),
                RandomFamily.of("timestamp", random -> RandomLiterals.timestamp(random, "")),
                RandomFamily.of("timestamptz", random -> RandomLiterals.timestamp(random, "+00")),
                RandomFamily.of("interval", RandomLiterals::interval),
                RandomFamily.of("timetz", random -> RandomLiterals.time(random) + RandomLiterals.offset(random)));
    }

    private static Stream<RandomFamily> shapesAndAddresses() {
        return Stream.of(
                RandomFamily.of("point", RandomLiterals::point),
                RandomFamily.of("line", RandomLiterals::line),
                RandomFamily.of(
                        "lseg",
                        random -> "[" + RandomLiterals.point(random) + "," + RandomLiterals.point(random) + "]"),
                RandomFamily.of("box", random -> RandomLiterals.point(random) + "," + RandomLiterals.point(random)),
                RandomFamily.of("path", RandomLiterals::path),
                RandomFamily.of("polygon", random -> "(" + RandomLiterals.points(random) + ")"),
                RandomFamily.of(
                        "circle",
                        random -> "<" + RandomLiterals.point(random) + "," + Math.abs(random.nextGaussian()) + ">"),
                RandomFamily.of("inet", random -> RandomLiterals.address(random, false)),
                RandomFamily.of("cidr", random -> RandomLiterals.address(random, true)),
                RandomFamily.of("macaddr", random -> RandomLiterals.mac(random, 6)),
                RandomFamily.of("macaddr8", random -> RandomLiterals.mac(random, 8)));
    }

    private static Stream<RandomFamily> system() {
        return Stream.of(
                RandomFamily.of("xid", RandomFamilies::unsigned),
                RandomFamily.of("cid", RandomFamilies::unsigned),
                RandomFamily.of("xid8", random -> Long.toString(whole(random, 64) & Long.MAX_VALUE)),
                RandomFamily.of("tid", random -> "(" + unsigned(random) + "," + random.nextInt(0x10000) + ")"),
                RandomFamily.of(
                        "pg_lsn", random -> "%X/%X".formatted((int) whole(random, 32), (int) whole(random, 32))),
                RandomFamily.of("pg_snapshot", RandomDocuments::snapshot),
                RandomFamily.of("txid_snapshot", RandomDocuments::snapshot),
                RandomFamily.of("int2vector", random -> numbers(random, each -> Long.toString(whole(each, 16)))),
                RandomFamily.of("oidvector", random -> numbers(random, RandomFamilies::unsigned)));
    }

    private static Stream<RandomFamily> contrib() {
        return Stream.of(
                RandomFamily.of("hstore", RandomDocuments::hstore),
                RandomFamily.of("citext", random -> text(random, 20)),
                RandomFamily.of("ltree", RandomDocuments::ltree),
                RandomFamily.of("lquery", RandomDocuments::lquery),
                RandomFamily.of("ltxtquery", RandomDocuments::ltxtquery),
                RandomFamily.of("cube", RandomDocuments::cube));
    }

    private static void ranges(Map<String, RandomFamily> bases, List<RandomFamily> all) {
        String[] any = {"[)", "[]", "(]", "()"};
        Map<String, String> ranges = Map.of(
                "int4range",
                "int4",
                "int8range",
                "int8",
                "daterange",
                "date",
                "numrange",
                "numeric",
                "tsrange",
                "timestamp",
                "tstzrange",
                "timestamptz",
                "textrange",
                "text",
                "inetrange",
                "inet",
                "floatrange",
                "float8");
        ranges.forEach((range, subtype) -> {
            RandomFamily base = bases.get(subtype);
            boolean whole = subtype.startsWith("int") || subtype.equals("date");
            String multirange = range.replace("range", "multirange");
            RandomFamily made = base.range(range, whole ? new String[] {"[)"} : any);
            RandomFamily several = base.multirange(multirange, range);
            all.add(made);
            all.add(made.listed());
            all.add(several);
            all.add(several.listed());
        });
    }

    private static RandomFamily part() {
        return new RandomFamily(
                "part",
                "ROW(a::int4, ARRAY[b, NULL, d], c::mood, length(b) > 5)::part",
                random -> new @Nullable String[] {
                    random.nextInt(5) == 0 ? null : Long.toString(whole(random, 32)),
                    random.nextInt(5) == 0 ? null : text(random, 20),
                    RandomDocuments.choice(random, "so so", "happy"),
                    text(random, 5)
                });
    }

    private static String unsigned(Random random) {
        return Long.toString(whole(random, 32) & 0xFFFFFFFFL);
    }

    private static String numbers(Random random, Function<Random, String> number) {
        return Stream.generate(() -> number.apply(random))
                .limit(random.nextInt(6))
                .collect(Collectors.joining(" "));
    }

    /** By its oid: the server knows how each is called. Some oids have no name. */
    private static RandomFamily named(Connection conn, String type, String sql) {
        List<String> oids = new ArrayList<>(List.of("0", "4000000000"));
        conn.execute("SELECT oid::text FROM (" + sql + ") pool(oid) WHERE oid < 16384 ORDER BY oid::int")
                .fetchAll()
                .forEach(row -> oids.add(row.getString(0)));
        return new RandomFamily(
                type, "a::oid::" + type, random -> new String[] {oids.get(random.nextInt(oids.size()))});
    }
}
