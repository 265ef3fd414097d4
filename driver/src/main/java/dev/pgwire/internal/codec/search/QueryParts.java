package dev.pgwire.internal.codec.search;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.type.TsQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/**
 * A query as it grows from its words, each operator above those parts that came last. No method calls itself, so that no bytes
 * overflow the stack, and a chain of thousands of words takes no more than time in proportion.
 */
final class QueryParts {
    static final int NOT = 1;
    static final int AND = 2;
    static final int OR = 3;
    static final int PHRASE = 4;

    /** How deep a query may be: equals, hashCode and toString descend, and take a kilobyte of stack a level before they are compiled. */
    static final int MAX_DEPTH = 400;

    private final Deque<Part> parts = new ArrayDeque<>();

    /** A query, or the operands of an And or an Or to which more may come. */
    private static final class Part {
        final int operator;
        final Deque<TsQuery> operands;
        int depth;

        Part(int operator, Deque<TsQuery> operands, int depth) {
            this.operator = operator;
            this.operands = operands;
            this.depth = depth;
        }

        TsQuery query() {
            return switch (operator) {
                case AND -> new TsQuery.And(new ArrayList<>(operands));
                case OR -> new TsQuery.Or(new ArrayList<>(operands));
                default -> operands.element();
            };
        }
    }

    void add(TsQuery.Lexeme lexeme) {
        push(0, lexeme, 1);
    }

    /**
     * Puts an operator above what came last.
     *
     * @return false when there are too few operands
     */
    boolean apply(int operator, int distance) {
        if (parts.size() < (operator == NOT ? 1 : 2)) {
            return false;
        }
        Part right = parts.pop();
        if (operator == NOT) {
            push(NOT, new TsQuery.Not(right.query()), right.depth + 1);
            return true;
        }
        Part left = parts.pop();
        if (operator == PHRASE) {
            TsQuery query = new TsQuery.Phrase(left.query(), distance, right.query());
            // A phrase of many words is deep on its left, where nothing descends.
            int leftDepth = left.operator == PHRASE ? left.depth : left.depth + 1;
            push(PHRASE, query, Math.max(leftDepth, right.depth + 1));
        } else {
            parts.push(joined(operator, left, right));
        }
        return true;
    }

    private void push(int operator, TsQuery query, int depth) {
        Deque<TsQuery> operands = new ArrayDeque<>(1);
        operands.add(query);
        parts.push(new Part(operator, operands, checked(depth)));
    }

    /** The shorter chain is added to the longer. */
    private static Part joined(int operator, Part left, Part right) {
        Part first = chain(operator, left);
        Part second = chain(operator, right);
        Part joined = first;
        if (first.operands.size() >= second.operands.size()) {
            first.operands.addAll(second.operands);
        } else {
            first.operands.descendingIterator().forEachRemaining(second.operands::addFirst);
            joined = second;
        }
        joined.depth = Math.max(first.depth, second.depth);
        return joined;
    }

    private static Part chain(int operator, Part part) {
        if (part.operator == operator) {
            return part;
        }
        Deque<TsQuery> operands = new ArrayDeque<>();
        operands.add(part.query());
        return new Part(operator, operands, checked(part.depth + 1));
    }

    private static int checked(int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        return depth;
    }

    static DataException tooDeep() {
        return new DataException(
                SqlState.DATA_EXCEPTION,
                "a tsquery in which more than " + MAX_DEPTH + " operators stand below each other, expected fewer",
                null);
    }

    /** Whether all parts have become one query. */
    boolean isComplete() {
        return parts.size() == 1;
    }

    TsQuery query() {
        return parts.element().query();
    }
}
