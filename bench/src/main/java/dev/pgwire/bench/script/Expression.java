package dev.pgwire.bench.script;

import java.util.List;

/** An expression of {@code \set}, {@code \if} and {@code \elif}. Immutable. */
sealed interface Expression {
    /**
     * What it gives.
     *
     * @throws ScriptException if it gives nothing, as a division by zero
     */
    Value value(Scope scope);

    record Constant(Value value) implements Expression {
        @Override
        public Value value(Scope scope) {
            return value;
        }
    }

    record Reference(int place) implements Expression {
        @Override
        public Value value(Scope scope) {
            return scope.variables().value(place);
        }
    }

    /** A call, or an operator that computes all of its operands first. NULL among the arguments makes NULL of all but a few. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        @Override
        public Value value(Scope scope) {
            Value[] values = new Value[arguments.size()];
            boolean hasNull = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).value(scope);
                hasNull |= values[i] == Value.NULL;
            }
            return hasNull && function.isStrict() ? Value.NULL : function.apply(values, scope);
        }
    }

    /** AND and OR: what stands on the right is computed only if it matters. */
    record Junction(boolean isOr, Expression left, Expression right) implements Expression {
        @Override
        public Value value(Scope scope) {
            Value first = left.value(scope);
            if (first == Value.NULL) {
                return Value.NULL;
            }
            if (first.toBoolean() == isOr) {
                return Value.of(isOr);
            }
            Value second = right.value(scope);
            return second == Value.NULL ? Value.NULL : Value.of(second.toBoolean());
        }
    }

    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Value value(Scope scope) {
            return (condition.value(scope).isTrue() ? then : otherwise).value(scope);
        }
    }
}
