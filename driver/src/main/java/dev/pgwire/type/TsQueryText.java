package dev.pgwire.type;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How the server prints a tsquery: parentheses only where an operator stands below one that binds more closely. */
final class TsQueryText {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int PHRASE = 3;
    private static final int NOT = 4;

    /** The server prints the weights beginning with the highest. */
    private static final List<TsWeight> WEIGHTS = List.of(TsWeight.A, TsWeight.B, TsWeight.C, TsWeight.D);

    private final StringBuilder out = new StringBuilder();

    private TsQueryText() {}

    static String of(TsQuery query) {
        TsQueryText text = new TsQueryText();
        text.append(query, 0);
        return text.out.toString();
    }

    /** Of an operand that must bind at least as closely as a number says. */
    private void append(TsQuery query, int closeness) {
        if (query instanceof TsQuery.Lexeme lexeme) {
            append(lexeme);
        } else if (query instanceof TsQuery.Not not) {
            out.append('!');
            append(not.operand(), NOT);
        } else if (query instanceof TsQuery.Phrase phrase) {
            open(PHRASE, closeness);
            append(phrase);
            close(PHRASE, closeness);
        } else if (query instanceof TsQuery.And and) {
            open(AND, closeness);
            append(and.operands(), " & ", AND);
            close(AND, closeness);
        } else if (query instanceof TsQuery.Or or) {
            open(OR, closeness);
            append(or.operands(), " | ", OR);
            close(OR, closeness);
        }
    }

    private void open(int operator, int closeness) {
        if (operator < closeness) {
            out.append("( ");
        }
    }

    private void close(int operator, int closeness) {
        if (operator < closeness) {
            out.append(" )");
        }
    }

    private void append(TsQuery.Lexeme lexeme) {
        TsText.append(out, lexeme.text());
        if (lexeme.isPrefix() || !lexeme.weights().isEmpty()) {
            out.append(':').append(lexeme.isPrefix() ? "*" : "");
            for (TsWeight weight : WEIGHTS) {
                if (lexeme.weights().contains(weight)) {
                    out.append(weight.name());
                }
            }
        }
    }

    private void append(List<TsQuery> operands, String between, int operator) {
        append(operands.get(0), operator);
        for (TsQuery operand : operands.subList(1, operands.size())) {
            out.append(between);
            append(operand, operator);
        }
    }

    private void append(TsQuery.Phrase last) {
        Deque<TsQuery.Phrase> phrases = new ArrayDeque<>();
        TsQuery first = last;
        while (first instanceof TsQuery.Phrase phrase) {
            phrases.push(phrase);
            first = phrase.left();
        }
        append(first, PHRASE);
        for (TsQuery.Phrase phrase : phrases) {
            out.append(phrase.distance() == 1 ? " <-> " : " <" + phrase.distance() + "> ");
            // The distances in a phrase to the right would add up in another way.
            append(phrase.right(), PHRASE + 1);
        }
    }
}
