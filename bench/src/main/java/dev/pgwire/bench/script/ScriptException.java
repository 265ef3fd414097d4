package dev.pgwire.bench.script;

/** A script that cannot be read, or an expression of it that has no value. The message is for people. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ScriptException(String message) {
        super(message);
    }
}
