package dev.pgwire.bench.script;

/** What operators do: with integers, checked, or with doubles if either operand is one. */
final class Arithmetic {
    private Arithmetic() {}

    private static boolean hasDouble(Value left, Value right) {
        return left instanceof Value.Real || right instanceof Value.Real;
    }

    static Value compute(Function function, Value left, Value right) {
        return hasDouble(left, right)
                ? Value.of(doubles(function, left.toDouble(), right.toDouble()))
                : integers(function, left.toLong(), right.toLong());
    }

    private static double doubles(Function function, double left, double right) {
        return switch (function) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    static Value integers(Function function, long left, long right) {
        try {
            return Value.of(
                    switch (function) {
                        case ADD -> Math.addExact(left, right);
                        case SUBTRACT -> Math.subtractExact(left, right);
                        case MULTIPLY -> Math.multiplyExact(left, right);
                        case DIVIDE -> right == -1 ? Math.negateExact(left) : left / right;
                        case MOD -> left % right;
                        default -> throw new IllegalArgumentException(function.name());
                    });
        } catch (ArithmeticException failure) {
            throw new ScriptException(
                    right == 0 && (function == Function.DIVIDE || function == Function.MOD)
                            ? "division by zero"
                            : left + sign(function) + right + " does not fit into an integer of 64 bits");
        }
    }

    private static String sign(Function function) {
        return switch (function) {
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case MULTIPLY -> " * ";
            default -> " / ";
        };
    }

    static boolean compare(Function function, Value left, Value right) {
        if (hasDouble(left, right)) {
            double first = left.toDouble();
            double second = right.toDouble();
            return switch (function) {
                case EQUAL -> first == second;
                case UNEQUAL -> first != second;
                case LESS -> first < second;
                default -> first <= second;
            };
        }
        int order = Long.compare(left.toLong(), right.toLong());
        return switch (function) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            default -> order <= 0;
        };
    }

    static Value abs(Value value) {
        // The smallest integer has no positive one, and stays what it is, as in pgbench.
        return value instanceof Value.Int integer
                ? Value.of(Math.abs(integer.value()))
                : Value.of(Math.abs(value.toDouble()));
    }

    static Value extremum(Value[] values, boolean greatest) {
        boolean doubles = false;
        for (Value value : values) {
            doubles |= value instanceof Value.Real;
        }
        if (doubles) {
            double found = values[0].toDouble();
            for (Value value : values) {
                double next = value.toDouble();
                found = greatest ? (found > next ? found : next) : found < next ? found : next;
            }
            return Value.of(found);
        }
        long found = values[0].toLong();
        for (Value value : values) {
            found = greatest ? Math.max(found, value.toLong()) : Math.min(found, value.toLong());
        }
        return Value.of(found);
    }
}
