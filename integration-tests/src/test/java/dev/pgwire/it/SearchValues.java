package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;

import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import dev.pgwire.type.TsVector.Lexeme;
import dev.pgwire.type.TsVector.Position;
import dev.pgwire.type.TsWeight;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents and queries of text search. */
final class SearchValues {
    private static final TsQuery A = TsQuery.lexeme("a");
    private static final TsQuery B = TsQuery.lexeme("b");
    private static final TsQuery C = TsQuery.lexeme("c");
    private static final TsQuery D = TsQuery.lexeme("d");

    private SearchValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(vectors(), lexemes(), queries(), phrases()).flatMap(family -> family);
    }

    private static Stream<TypeValue> vectors() {
        Position[] many = IntStream.rangeClosed(1, 200).mapToObj(Position::new).toArray(Position[]::new);
        return Stream.of(
                literal("tsvector", "", TsVector.of()),
                literal("tsvector", "a", TsVector.of(Lexeme.of("a"))),
                literal(
                        "tsvector",
                        "'a':1 'b':2,3A",
                        TsVector.of(
                                Lexeme.of("a", new Position(1)),
                                Lexeme.of("b", new Position(2), new Position(3, TsWeight.A)))),
                literal(
                        "tsvector",
                        "b a b:2 a:3,1B,1A,1",
                        TsVector.of(
                                Lexeme.of("a", new Position(1, TsWeight.A), new Position(3)),
                                Lexeme.of("b", new Position(2)))),
                literal(
                        "tsvector",
                        "a:1A,2B,3C,4D",
                        TsVector.of(Lexeme.of(
                                "a",
                                new Position(1, TsWeight.A),
                                new Position(2, TsWeight.B),
                                new Position(3, TsWeight.C),
                                new Position(4, TsWeight.D)))),
                literal("tsvector", "a:99999", TsVector.of(Lexeme.of("a", new Position(16383)))),
                literal(
                        "tsvector",
                        "'it''s' 'back\\\\slash' ' ' ':' ','",
                        TsVector.of(
                                Lexeme.of("it's"),
                                Lexeme.of("back\\slash"),
                                Lexeme.of(" "),
                                Lexeme.of(":"),
                                Lexeme.of(","))),
                new TypeValue(
                        "tsvector",
                        "('a:' || array_to_string(array(SELECT generate_series(1, 200)), ','))::tsvector",
                        TsVector.of(Lexeme.of("a", many))),
                new TypeValue(
                        "tsvector",
                        "(repeat('é', 1023) || ':1')::tsvector",
                        TsVector.of(Lexeme.of("é".repeat(1023), new Position(1)))));
    }

    private static TsQuery lexeme(String text, boolean isPrefix, TsWeight... weights) {
        return new TsQuery.Lexeme(text, Set.of(weights), isPrefix);
    }

    private static TypeValue query(String literal, TsQuery value) {
        return literal("tsquery", literal, value);
    }

    private static Stream<TypeValue> lexemes() {
        return Stream.of(
                query("", TsQuery.empty()),
                query("a", A),
                query("'it''s'", TsQuery.lexeme("it's")),
                query("'back\\\\slash'", TsQuery.lexeme("back\\slash")),
                query("' '", TsQuery.lexeme(" ")),
                query("é & \uD83D\uDE00", TsQuery.lexeme("é").and(TsQuery.lexeme("\uD83D\uDE00"))),
                query("a:*", TsQuery.prefix("a")),
                query("a:A", lexeme("a", false, TsWeight.A)),
                query("a:D", lexeme("a", false, TsWeight.D)),
                query("a:ABCD", lexeme("a", false, TsWeight.values())),
                query("c:*AB", lexeme("c", true, TsWeight.A, TsWeight.B)),
                new TypeValue("tsquery", "repeat('é', 1023)::tsquery", TsQuery.lexeme("é".repeat(1023))));
    }

    private static Stream<TypeValue> queries() {
        return Stream.of(
                query("a & b", A.and(B)),
                query("a & b & c", A.and(B).and(C)),
                query("a & (b & c)", A.and(B.and(C))),
                query("(a & b) & (c & d)", A.and(B).and(C.and(D))),
                query("a | b | c", A.or(B).or(C)),
                query("a | (b | c) | d", A.or(B.or(C)).or(D)),
                query("a & b | c & d", A.and(B).or(C.and(D))),
                query("(a | b) & (c | d)", A.or(B).and(C.or(D))),
                query("!a", A.not()),
                query("!!a", A.not().not()),
                query("!!!(a & !b)", A.and(B.not()).not().not().not()),
                query("!(a <-> b)", A.followedBy(B).not()),
                query("!a <-> !b", A.not().followedBy(B.not())));
    }

    private static Stream<TypeValue> phrases() {
        return Stream.of(
                query("a <-> b", A.followedBy(B)),
                query("a <-> b <2> c", new TsQuery.Phrase(A.followedBy(B), 2, C)),
                query("a <-> (b <2> c)", A.followedBy(new TsQuery.Phrase(B, 2, C))),
                query(
                        "(a <-> b) <0> (c <16384> d)",
                        new TsQuery.Phrase(A.followedBy(B), 0, new TsQuery.Phrase(C, 16384, D))),
                query("a <-> (b <-> (c <-> d))", A.followedBy(B.followedBy(C.followedBy(D)))),
                query("(a & b) <-> (c | d)", A.and(B).followedBy(C.or(D))),
                query("(a | b) <3> c & d", new TsQuery.Phrase(A.or(B), 3, C).and(D)));
    }
}
