package dev.pgwire.bench.script;

/**
 * A piece of an expression.
 *
 * @param text as it stands there; of a variable without its colon
 * @param end the offset behind it
 */
record Token(Kind kind, String text, int end) {
    enum Kind {
        INTEGER,
        DECIMAL,
        VARIABLE,
        WORD,
        SIGN,
        END
    }

    /** Whether it is a sign or a keyword. */
    boolean is(String expected) {
        return (kind == Kind.SIGN || kind == Kind.WORD) && text.equalsIgnoreCase(expected);
    }
}
