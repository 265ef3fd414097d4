package dev.pgwire.bench.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an expression, by the precedence of its operators. */
final class ExpressionParser {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int BITS = 6;
    private static final int SUM = 7;
    private static final int PRODUCT = 8;
    private static final int UNARY = 9;

    private static final Map<String, Operator> OPERATORS = Map.ofEntries(
            Map.entry("<", new Operator(COMPARISON, Function.LESS, false)),
            Map.entry(">", new Operator(COMPARISON, Function.LESS, true)),
            Map.entry("<=", new Operator(COMPARISON, Function.AT_MOST, false)),
            Map.entry(">=", new Operator(COMPARISON, Function.AT_MOST, true)),
            Map.entry("=", new Operator(COMPARISON, Function.EQUAL, false)),
            Map.entry("<>", new Operator(COMPARISON, Function.UNEQUAL, false)),
            Map.entry("|", new Operator(BITS, Function.BIT_OR, false)),
            Map.entry("#", new Operator(BITS, Function.BIT_XOR, false)),
            Map.entry("&", new Operator(BITS, Function.BIT_AND, false)),
            Map.entry("<<", new Operator(BITS, Function.SHIFT_LEFT, false)),
            Map.entry(">>", new Operator(BITS, Function.SHIFT_RIGHT, false)),
            Map.entry("+", new Operator(SUM, Function.ADD, false)),
            Map.entry("-", new Operator(SUM, Function.SUBTRACT, false)),
            Map.entry("*", new Operator(PRODUCT, Function.MULTIPLY, false)),
            Map.entry("/", new Operator(PRODUCT, Function.DIVIDE, false)),
            Map.entry("%", new Operator(PRODUCT, Function.MOD, false)));

    /** One greater than the greatest integer: it may stand behind a minus only. */
    private static final String BEYOND = "9223372036854775808";

    private final Line line;
    private final Names names;
    private final Tokens tokens;
    private Token token;

    private record Operator(int level, Function function, boolean turned) {}

    private ExpressionParser(Line line, int from, Names names) {
        this.line = line;
        this.names = names;
        this.tokens = new Tokens(line, from);
        this.token = tokens.next();
    }

    /**
     * Reads the expression that a line has from an offset on.
     *
     * @throws ScriptException if it is none
     */
    static Expression parse(Line line, int from, Names names) {
        ExpressionParser parser = new ExpressionParser(line, from, names);
        Expression expression = parser.expression(0);
        if (parser.token.kind() != Token.Kind.END) {
            throw parser.syntaxError();
        }
        return expression;
    }

    private ScriptException syntaxError() {
        return line.error("syntax error", token.end());
    }

    private void advance() {
        token = tokens.next();
    }

    private boolean accept(String expected) {
        boolean is = token.is(expected);
        if (is) {
            advance();
        }
        return is;
    }

    private void expect(String expected) {
        if (!accept(expected)) {
            throw syntaxError();
        }
    }

    /** An expression whose operators bind more strongly than a level. */
    private Expression expression(int above) {
        Expression left = operand();
        int barred = -1;
        while (true) {
            int level = level();
            if (level <= above) {
                return left;
            }
            if (level == barred) {
                // Neither a < b < c nor a IS NULL IS NULL.
                throw syntaxError();
            }
            left = level == IS ? test(left) : joined(left, level);
            barred = level == IS || level == COMPARISON ? level : -1;
        }
    }

    private int level() {
        if (token.is("or")) {
            return OR;
        }
        if (token.is("and")) {
            return AND;
        }
        if (token.is("is") || token.is("isnull") || token.is("notnull")) {
            return IS;
        }
        Operator operator = operator();
        return operator == null ? -1 : operator.level();
    }

    private @Nullable Operator operator() {
        return token.kind() == Token.Kind.SIGN ? OPERATORS.get(token.text()) : null;
    }

    private Expression joined(Expression left, int level) {
        if (level <= AND) {
            advance();
            return new Expression.Junction(level == OR, left, expression(level));
        }
        Operator operator = operator();
        if (operator == null) {
            throw syntaxError();
        }
        advance();
        Expression right = expression(level);
        return operator.turned() ? call(operator.function(), right, left) : call(operator.function(), left, right);
    }

    private Expression test(Expression left) {
        if (accept("isnull")) {
            return call(Function.IS, left, constant(Value.NULL));
        }
        if (accept("notnull")) {
            return call(Function.NOT, call(Function.IS, left, constant(Value.NULL)));
        }
        advance();
        boolean not = accept("not");
        Value value = literal();
        if (value == null) {
            throw syntaxError();
        }
        advance();
        Expression is = call(Function.IS, left, constant(value));
        return not ? call(Function.NOT, is) : is;
    }

    /** What the word is that is a constant; null if it is none. */
    private @Nullable Value literal() {
        return token.is("null") ? Value.NULL : token.is("true") ? Value.TRUE : token.is("false") ? Value.FALSE : null;
    }

    private Expression operand() {
        switch (token.kind()) {
            case INTEGER:
                return integer();
            case DECIMAL:
                return decimal();
            case VARIABLE:
                Expression reference = new Expression.Reference(names.place(token.text()));
                advance();
                return reference;
            case SIGN:
                return signed();
            case WORD:
                return word();
            default:
                throw syntaxError();
        }
    }

    private Expression integer() {
        if (token.text().equals(BEYOND)) {
            throw syntaxError();
        }
        Long value = Numbers.integer(token.text());
        if (value == null) {
            throw line.error("bigint constant overflow (" + token.text() + ")", token.end());
        }
        advance();
        return constant(Value.of(value));
    }

    private Expression decimal() {
        Double value = Numbers.decimal(token.text());
        if (value == null) {
            throw line.error("double constant overflow (" + token.text() + ")", token.end());
        }
        advance();
        return constant(Value.of(value));
    }

    private Expression signed() {
        if (accept("(")) {
            Expression inner = expression(0);
            expect(")");
            return inner;
        }
        if (accept("+")) {
            return expression(UNARY);
        }
        if (accept("-")) {
            if (token.kind() == Token.Kind.INTEGER && token.text().equals(BEYOND)) {
                advance();
                return constant(Value.of(Long.MIN_VALUE));
            }
            return call(Function.SUBTRACT, constant(Value.of(0)), expression(UNARY));
        }
        if (accept("~")) {
            // It binds no more strongly than the operators of bits.
            return call(Function.BIT_XOR, constant(Value.of(-1)), expression(BITS));
        }
        throw syntaxError();
    }

    private Expression word() {
        if (accept("not")) {
            // NOT NOT x.
            return call(Function.NOT, expression(NOT));
        }
        if (accept("case")) {
            return choice();
        }
        Value literal = literal();
        if (literal != null) {
            advance();
            return constant(literal);
        }
        if (token.is("when") || token.is("then") || token.is("else") || token.is("end") || level() > 0) {
            throw syntaxError();
        }
        return call();
    }

    private Expression choice() {
        if (!token.is("when")) {
            throw syntaxError();
        }
        List<Expression> conditions = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (accept("when")) {
            conditions.add(expression(0));
            expect("then");
            values.add(expression(0));
        }
        Expression otherwise = accept("else") ? expression(0) : constant(Value.NULL);
        expect("end");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            otherwise = new Expression.Choice(conditions.get(i), values.get(i), otherwise);
        }
        return otherwise;
    }

    private Expression call() {
        String name = token.text();
        Function function = Function.named(name);
        if (function == null) {
            throw line.error("unexpected function name (" + name + ")", token.end());
        }
        advance();
        expect("(");
        List<Expression> arguments = new ArrayList<>();
        if (!token.is(")")) {
            do {
                arguments.add(expression(0));
            } while (accept(","));
        }
        if (!token.is(")")) {
            throw syntaxError();
        }
        if (!function.takes(arguments.size())) {
            throw line.error(
                    "unexpected number of arguments (" + name + " takes " + function.arity() + ")", token.end());
        }
        if (function.seeds(arguments.size())) {
            arguments.add(new Expression.Reference(names.place("default_seed")));
        }
        advance();
        return new Expression.Call(function, List.copyOf(arguments));
    }

    private static Expression constant(Value value) {
        return new Expression.Constant(value);
    }

    private static Expression call(Function function, Expression... operands) {
        return new Expression.Call(function, List.of(operands));
    }
}
