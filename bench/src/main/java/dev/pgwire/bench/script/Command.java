package dev.pgwire.bench.script;

/** A command of a script. */
public sealed interface Command {
    /** The line as it stands in the script; of SQL the first one. */
    String text();

    /** What becomes of the rows of a statement. */
    enum Keep {
        NOTHING,
        /** The only row of the last result becomes variables. */
        LAST,
        /** The last row of each result becomes variables. */
        ALL
    }

    /**
     * SQL.
     *
     * @param prefix stands before the names of the columns where they become variables
     */
    record Sql(String text, SqlText sql, Keep keep, String prefix) implements Command {}

    record Set(String text, int place, Expression expression) implements Command {
        /** Computes, and sets the variable. */
        public void run(Scope scope) {
            scope.variables().set(place, expression.value(scope));
        }
    }

    /**
     * A pause.
     *
     * @param place of the variable that says how long; -1 for {@code number}
     * @param unit of the number, in microseconds
     */
    record Sleep(String text, int place, long number, long unit) implements Command {
        /** How long, in microseconds. */
        public long micros(Variables variables) {
            if (place < 0) {
                return number * unit;
            }
            String value = variables.text(place);
            if (value == null) {
                throw new ScriptException("the variable of \"" + text + "\" is not set");
            }
            Long read = Numbers.integer(value.trim());
            if (read == null) {
                throw new ScriptException("the variable of \"" + text + "\" is \"" + value + "\", expected an integer");
            }
            return read * unit;
        }
    }

    /** {@code \if} and {@code \elif}. */
    record Condition(String text, Expression expression, boolean continues) implements Command {
        public boolean holds(Scope scope) {
            return expression.value(scope).isTrue();
        }
    }

    record Else(String text) implements Command {}

    record EndIf(String text) implements Command {}

    record StartPipeline(String text) implements Command {}

    record SyncPipeline(String text) implements Command {}

    record EndPipeline(String text) implements Command {}
}
