package dev.pgwire.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a text search looks for, as a tsquery has it: words, and operators above them. Immutable. All forms print themselves as the
 * server does. Source: PostgreSQL manual, 8.11.2 tsquery.
 */
public sealed interface TsQuery {
    /**
     * A word, in any place.
     *
     * @param text the word, already in the form in which a tsvector has it
     * @return for example "'cat'"
     * @throws IllegalArgumentException if the text is empty or longer than 2047 bytes in UTF-8
     */
    static TsQuery lexeme(String text) {
        return new Lexeme(text, Set.of(), false);
    }

    /**
     * All words that begin so.
     *
     * @param text how they begin
     * @return for example "'ca':*"
     * @throws IllegalArgumentException if the text is empty or longer than 2047 bytes in UTF-8
     */
    static TsQuery prefix(String text) {
        return new Lexeme(text, Set.of(), true);
    }

    /**
     * The query that finds nothing, such as one of stop words only.
     *
     * @return ""
     */
    static TsQuery empty() {
        return new Empty();
    }

    /**
     * What this query finds and another one, too.
     *
     * @param other the other
     * @return for example "'fat' &amp; 'cat'"
     * @throws IllegalArgumentException if one of them is empty
     */
    default TsQuery and(TsQuery other) {
        return new And(List.of(this, other));
    }

    /**
     * What this query finds or another one.
     *
     * @param other the other
     * @return for example "'cat' | 'rat'"
     * @throws IllegalArgumentException if one of them is empty
     */
    default TsQuery or(TsQuery other) {
        return new Or(List.of(this, other));
    }

    /**
     * What this query does not find.
     *
     * @return for example "!'cat'"
     * @throws IllegalArgumentException if this one is empty
     */
    default TsQuery not() {
        return new Not(this);
    }

    /**
     * This query, and another one right behind.
     *
     * @param next the other
     * @return for example "'fat' &lt;-&gt; 'cat'"
     * @throws IllegalArgumentException if one of them is empty
     */
    default TsQuery followedBy(TsQuery next) {
        return new Phrase(this, 1, next);
    }

    /** The query that finds nothing. */
    record Empty() implements TsQuery {
        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    /**
     * A word.
     *
     * @param text the word, at most 2047 bytes in UTF-8
     * @param weights those that count; empty when all of them do
     * @param isPrefix whether words count that only begin so
     */
    record Lexeme(String text, Set<TsWeight> weights, boolean isPrefix) implements TsQuery {
        /**
         * A word; the weights are copied.
         *
         * @throws IllegalArgumentException if the text is empty or too long
         */
        public Lexeme {
            TsText.check(text);
            Set<TsWeight> copy = EnumSet.noneOf(TsWeight.class);
            copy.addAll(weights);
            weights = Collections.unmodifiableSet(copy);
        }

        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    /**
     * What a query does not find.
     *
     * @param operand the query
     */
    record Not(TsQuery operand) implements TsQuery {
        /**
         * The opposite of a query.
         *
         * @throws IllegalArgumentException if that is empty
         */
        public Not {
            checked(operand);
        }

        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    /**
     * What all of some queries find.
     *
     * @param operands the queries, two or more, none of which is an {@code And}
     */
    record And(List<TsQuery> operands) implements TsQuery {
        /**
         * All of some queries; in the place of an {@code And} among them stand its operands.
         *
         * @throws IllegalArgumentException if there are less than two, or if one is empty
         */
        public And {
            List<TsQuery> flat = new ArrayList<>(operands.size());
            for (TsQuery operand : operands) {
                flat.addAll(operand instanceof And and ? and.operands : List.of(checked(operand)));
            }
            operands = severalOf(flat);
        }

        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    /**
     * What at least one of some queries finds.
     *
     * @param operands the queries, two or more, none of which is an {@code Or}
     */
    record Or(List<TsQuery> operands) implements TsQuery {
        /**
         * One or more of some queries; in the place of an {@code Or} among them stand its operands.
         *
         * @throws IllegalArgumentException if there are less than two, or if one is empty
         */
        public Or {
            List<TsQuery> flat = new ArrayList<>(operands.size());
            for (TsQuery operand : operands) {
                flat.addAll(operand instanceof Or or ? or.operands : List.of(checked(operand)));
            }
            operands = severalOf(flat);
        }

        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    /**
     * A query and another one at a distance behind it.
     *
     * @param left the query that comes first; a phrase of several words has the others here
     * @param distance how many words further, from 0 to 16384
     * @param right the query that comes second
     */
    record Phrase(TsQuery left, int distance, TsQuery right) implements TsQuery {
        private static final int MAX = 16384;

        /**
         * A phrase.
         *
         * @throws IllegalArgumentException if one of the queries is empty, or if the distance is not from 0 to 16384
         */
        public Phrase {
            checked(left);
            checked(right);
            if (distance < 0 || distance > MAX) {
                throw new IllegalArgumentException("a distance of " + distance + ", expected 0 to " + MAX);
            }
        }

        /** A long phrase is deep on its left: hence the loop. */
        @Override
        public boolean equals(Object other) {
            TsQuery one = this;
            Object two = other;
            while (one instanceof Phrase a && two instanceof Phrase b) {
                if (a.distance != b.distance || !a.right.equals(b.right)) {
                    return false;
                }
                one = a.left;
                two = b.left;
            }
            return !(one instanceof Phrase) && one.equals(two);
        }

        @Override
        public int hashCode() {
            int hash = 1;
            TsQuery rest = this;
            while (rest instanceof Phrase phrase) {
                hash = 31 * (31 * hash + phrase.distance) + phrase.right.hashCode();
                rest = phrase.left;
            }
            return 31 * hash + rest.hashCode();
        }

        @Override
        public String toString() {
            return TsQueryText.of(this);
        }
    }

    private static TsQuery checked(TsQuery operand) {
        if (operand instanceof Empty) {
            throw new IllegalArgumentException("an empty query below an operator, expected none");
        }
        return operand;
    }

    private static List<TsQuery> severalOf(List<TsQuery> operands) {
        if (operands.size() < 2) {
            throw new IllegalArgumentException(operands.size() + " operands, expected two or more");
        }
        return List.copyOf(operands);
    }
}
