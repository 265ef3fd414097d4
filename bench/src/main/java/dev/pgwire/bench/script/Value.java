package dev.pgwire.bench.script;

/** What an expression gives: an integer of 64 bits, a double, a boolean, or NULL. */
sealed interface Value {
    Value NULL = new Null();
    Value TRUE = new Bool(true);
    Value FALSE = new Bool(false);

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Value of(long value) {
        return new Int(value);
    }

    static Value of(double value) {
        return new Real(value);
    }

    /** As it is put into SQL. */
    String text();

    /** What the types are called in messages. */
    String type();

    /** Whether it counts as true in a condition. */
    boolean isTrue();

    /**
     * The value as an integer; a double is rounded to the nearest, a half to the even one.
     *
     * @throws ScriptException if it is no number, or does not fit
     */
    default long toLong() {
        throw new ScriptException("a " + type() + " is no integer, expected a number");
    }

    /**
     * The value as a double.
     *
     * @throws ScriptException if it is no number
     */
    default double toDouble() {
        throw new ScriptException("a " + type() + " is no double, expected a number");
    }

    /**
     * The value of a boolean: a number is none.
     *
     * @throws ScriptException if it is none
     */
    default boolean toBoolean() {
        throw new ScriptException("a " + type() + " is no boolean, expected TRUE or FALSE");
    }

    /** As {@code debug()} prints it. */
    default String debugText() {
        return type() + " " + text();
    }

    record Int(long value) implements Value {
        @Override
        public String text() {
            return Long.toString(value);
        }

        @Override
        public String type() {
            return "int";
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }

        @Override
        public long toLong() {
            return value;
        }

        @Override
        public double toDouble() {
            return value;
        }
    }

    record Real(double value) implements Value {
        @Override
        public String text() {
            return DoubleText.of(value);
        }

        @Override
        public String type() {
            return "double";
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }

        @Override
        public long toLong() {
            double rounded = Math.rint(value);
            // 2^63 is a double, and one too many.
            if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
                throw new ScriptException("the double " + text() + " does not fit into an integer of 64 bits");
            }
            return (long) rounded;
        }

        @Override
        public double toDouble() {
            return value;
        }
    }

    record Bool(boolean value) implements Value {
        @Override
        public String text() {
            return value ? "true" : "false";
        }

        @Override
        public String type() {
            return "boolean";
        }

        @Override
        public boolean isTrue() {
            return value;
        }

        @Override
        public boolean toBoolean() {
            return value;
        }
    }

    record Null() implements Value {
        @Override
        public String text() {
            return "NULL";
        }

        @Override
        public String type() {
            return "null";
        }

        @Override
        public boolean isTrue() {
            return false;
        }

        @Override
        public String debugText() {
            return "null";
        }
    }
}
