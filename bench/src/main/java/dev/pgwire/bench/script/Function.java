package dev.pgwire.bench.script;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of expressions, with those that operators stand for. */
enum Function {
    ADD(2),
    SUBTRACT(2),
    MULTIPLY(2),
    DIVIDE(2),
    MOD(2),
    EQUAL(2),
    UNEQUAL(2),
    LESS(2),
    AT_MOST(2),
    BIT_AND(2),
    BIT_OR(2),
    BIT_XOR(2),
    SHIFT_LEFT(2),
    SHIFT_RIGHT(2),
    NOT(1),
    IS(2),
    ABS(1),
    DEBUG(1),
    DOUBLE(1),
    EXP(1),
    GREATEST(1, Integer.MAX_VALUE),
    HASH(1, 2),
    HASH_FNV1A(1, 2),
    HASH_MURMUR2(1, 2),
    INT(1),
    LEAST(1, Integer.MAX_VALUE),
    LN(1),
    PERMUTE(2, 3),
    PI(0),
    POW(2),
    POWER(2),
    RANDOM(2),
    RANDOM_EXPONENTIAL(3),
    RANDOM_GAUSSIAN(3),
    RANDOM_ZIPFIAN(3),
    SQRT(1);

    private static final Map<String, Function> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("mod", MOD);
        for (Function function : values()) {
            if (function.ordinal() >= ABS.ordinal()) {
                BY_NAME.put(function.name().toLowerCase(Locale.ROOT), function);
            }
        }
    }

    private final int least;
    private final int most;

    Function(int count) {
        this(count, count);
    }

    Function(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** The function of a name, in whatever case; null if there is none. */
    static @Nullable Function named(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** The functions that a script can call. */
    static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    boolean takes(int count) {
        return count >= least && count <= most;
    }

    /** How many arguments it takes, for messages. */
    String arity() {
        return least == most
                ? Integer.toString(least)
                : most == Integer.MAX_VALUE ? "1 or more" : least + " or " + most;
    }

    /** Whether the last argument is a seed that is that of the client if it is left out. */
    boolean seeds(int count) {
        return (this == HASH || this == HASH_FNV1A || this == HASH_MURMUR2 || this == PERMUTE) && count < most;
    }

    /** Whether NULL among the arguments is the result. */
    boolean isStrict() {
        return this != IS && this != DEBUG;
    }

    Value apply(Value[] a, Scope scope) {
        return switch (this) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> Arithmetic.compute(this, a[0], a[1]);
            case MOD -> Arithmetic.integers(this, a[0].toLong(), a[1].toLong());
            case EQUAL, UNEQUAL, LESS, AT_MOST -> Value.of(Arithmetic.compare(this, a[0], a[1]));
            case BIT_AND -> Value.of(a[0].toLong() & a[1].toLong());
            case BIT_OR -> Value.of(a[0].toLong() | a[1].toLong());
            case BIT_XOR -> Value.of(a[0].toLong() ^ a[1].toLong());
            case SHIFT_LEFT -> Value.of(a[0].toLong() << a[1].toLong());
            case SHIFT_RIGHT -> Value.of(a[0].toLong() >> a[1].toLong());
            case NOT -> Value.of(!a[0].toBoolean());
            case IS -> Value.of(a[0].equals(a[1]));
            case ABS -> Arithmetic.abs(a[0]);
            case DEBUG -> debug(a[0], scope);
            case DOUBLE -> Value.of(a[0].toDouble());
            case EXP -> Value.of(Math.exp(a[0].toDouble()));
            case LN -> Value.of(Math.log(a[0].toDouble()));
            case SQRT -> Value.of(Math.sqrt(a[0].toDouble()));
            case INT -> Value.of(a[0].toLong());
            case LEAST, GREATEST -> Arithmetic.extremum(a, this == GREATEST);
            case PI -> Value.of(Math.PI);
            case POW, POWER -> Value.of(Math.pow(a[0].toDouble(), a[1].toDouble()));
            case HASH, HASH_MURMUR2 -> Value.of(Hashes.murmur2(a[0].toLong(), a[1].toLong()));
            case HASH_FNV1A -> Value.of(Hashes.fnv1a(a[0].toLong(), a[1].toLong()));
            case PERMUTE -> permute(a[0].toLong(), a[1].toLong(), a[2].toLong());
            case RANDOM, RANDOM_EXPONENTIAL, RANDOM_GAUSSIAN, RANDOM_ZIPFIAN -> Value.of(draw(a, scope.random()));
        };
    }

    private static Value debug(Value value, Scope scope) {
        scope.debug().accept(value.debugText());
        return value;
    }

    private static Value permute(long value, long size, long seed) {
        if (size <= 0) {
            throw new ScriptException("the size of a permutation is " + size + ", expected more than 0");
        }
        return Value.of(Hashes.permuted(value, size, seed));
    }

    private long draw(Value[] a, RandomSource random) {
        long least = a[0].toLong();
        long most = a[1].toLong();
        if (least > most) {
            throw new ScriptException(
                    "the range from " + least + " to " + most + " is empty, expected a lower bound first");
        }
        if (most - least < 0 || most - least == Long.MAX_VALUE) {
            throw new ScriptException(
                    "the range from " + least + " to " + most + " is too large, expected less than 2^63 values");
        }
        return switch (this) {
            case RANDOM_EXPONENTIAL -> Distributions.exponential(random, least, most, a[2].toDouble());
            case RANDOM_GAUSSIAN -> Distributions.gaussian(random, least, most, a[2].toDouble());
            case RANDOM_ZIPFIAN -> Distributions.zipfian(random, least, most, a[2].toDouble());
            default -> random.between(least, most);
        };
    }
}
