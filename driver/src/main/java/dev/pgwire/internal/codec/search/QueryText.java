package dev.pgwire.internal.codec.search;

import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsWeight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/** Reads the text of a tsquery: an operator waits until one follows that binds no more closely. */
final class QueryText {
    /** An operator that waits, or a parenthesis, which is above none. */
    private record Waiting(int operator, int distance, int closeness) {}

    private static final Waiting PARENTHESIS = new Waiting(0, 0, 0);
    private static final Waiting OR = new Waiting(QueryParts.OR, 0, 1);
    private static final Waiting AND = new Waiting(QueryParts.AND, 0, 2);
    private static final int PHRASE_CLOSENESS = 3;
    private static final Waiting NOT = new Waiting(QueryParts.NOT, 0, 4);

    private final QueryParts parts = new QueryParts();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final LexemeText text;

    QueryText(LexemeText text) {
        this.text = text;
    }

    TsQuery query() {
        operand();
        while (!text.isAtEnd()) {
            text.expect(' ');
            if (text.takes(')')) {
                applyDownTo(1);
                if (waiting.poll() == null) {
                    throw text.bad();
                }
            } else {
                Waiting operator = operator();
                applyDownTo(operator.closeness);
                waiting.push(operator);
                text.expect(' ');
                operand();
            }
        }
        applyDownTo(1);
        if (!waiting.isEmpty()) {
            throw text.bad();
        }
        return parts.query();
    }

    private void applyDownTo(int closeness) {
        for (Waiting next = waiting.peek(); next != null && next.closeness >= closeness; next = waiting.peek()) {
            waiting.pop();
            parts.apply(next.operator, next.distance);
        }
    }

    private Waiting operator() {
        if (text.takes('&')) {
            return AND;
        }
        if (text.takes('|')) {
            return OR;
        }
        text.expect('<');
        int distance = 1;
        if (!text.takes('-')) {
            distance = text.number();
        }
        text.expect('>');
        return new Waiting(QueryParts.PHRASE, distance, PHRASE_CLOSENESS);
    }

    private void operand() {
        while (true) {
            if (text.takes('!')) {
                waiting.push(NOT);
            } else if (text.takes('(')) {
                text.expect(' ');
                waiting.push(PARENTHESIS);
            } else {
                parts.add(lexeme());
                return;
            }
        }
    }

    private TsQuery.Lexeme lexeme() {
        String word = text.lexeme();
        Set<TsWeight> weights = EnumSet.noneOf(TsWeight.class);
        boolean isPrefix = false;
        if (text.takes(':')) {
            isPrefix = text.takes('*');
            take('A', TsWeight.A, weights);
            take('B', TsWeight.B, weights);
            take('C', TsWeight.C, weights);
            take('D', TsWeight.D, weights);
            if (!isPrefix && weights.isEmpty()) {
                throw text.bad();
            }
        }
        return new TsQuery.Lexeme(word, weights, isPrefix);
    }

    private void take(char c, TsWeight weight, Set<TsWeight> weights) {
        if (text.takes(c)) {
            weights.add(weight);
        }
    }
}
