package dev.pgwire.internal.sql;

import dev.pgwire.internal.sql.SqlAssembly.Span;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives constants in a text the form that they need for what stands behind them, so that they mean what a parameter would. */
final class ConstantsInPlace {
    /** What the server makes of a number as the program means it, and of its text in another way. */
    private static final Set<String> CAST_FROM_NUMBERS = Set.of("money", "bit");

    private final String text;
    /** All tokens of the text. */
    private final List<Span> found;

    private final StringBuilder formed;
    private int copied;

    ConstantsInPlace(String text, List<Span> found) {
        this.text = text;
        this.found = found;
        formed = new StringBuilder(text.length() + 16);
    }

    /**
     * The text with the constants in their forms.
     *
     * @param tokens those that may be constants, each of which begins where a token of the text does
     */
    String of(List<Span> tokens) {
        int at = 0;
        for (Span token : tokens) {
            while (found.get(at).start() < token.start()) {
                at++;
            }
            int first = at;
            while (at < found.size() && found.get(at).start() < token.end()) {
                at++;
            }
            if (isConstant(token)) {
                form(token, first, at);
            }
        }
        return copied == 0 ? text : formed.append(text, copied, text.length()).toString();
    }

    private boolean isConstant(Span token) {
        char first = text.charAt(token.start());
        return first != '"' && first != '$' && first != ':';
    }

    private boolean isNumber(Span token) {
        char first = text.charAt(token.start());
        return first == '-' || Character.isDigit(first);
    }

    /**
     * Forms one.
     *
     * @param first the place of its first token among all
     * @param next the place of the token behind it
     */
    private void form(Span token, int first, int next) {
        if (is(next, "[") || (is(next, ".") && !isNumber(token))) {
            // What follows would belong to the type of the constant.
            enclose(token, "(", ")");
        } else if (isNumber(token)) {
            int type = typeBehind(first, next);
            if (type > 0) {
                // A minus would be taken after the cast, and some types have no cast from a number.
                boolean fromNumber = CAST_FROM_NUMBERS.contains(word(type).toLowerCase(Locale.ROOT));
                enclose(token, fromNumber ? "(" : "'", fromNumber ? ")" : "'");
            }
        }
    }

    /** The place of the name of the type that a constant is cast to; 0 if there is no cast. */
    private int typeBehind(int first, int next) {
        boolean cast = is(next, "::");
        if (cast || (is(next, "AS") && is(first - 1, "(") && is(first - 2, "CAST"))) {
            return is(next + 1, "pg_catalog") && is(next + 2, ".") ? next + 3 : next + 1;
        }
        return 0;
    }

    private boolean is(int place, String token) {
        return place >= 0 && word(place).equalsIgnoreCase(token);
    }

    private String word(int place) {
        if (place >= found.size()) {
            return "";
        }
        Span span = found.get(place);
        return text.substring(span.start(), span.end());
    }

    private void enclose(Span token, String before, String after) {
        formed.append(text, copied, token.start())
                .append(before)
                .append(text, token.start(), token.end())
                .append(after);
        copied = token.end();
    }
}
