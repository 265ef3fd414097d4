package dev.pgwire;

/** Where an offset in a large object counts from. */
public enum Whence {
    /** From its start. */
    START(0),
    /** From where it is. */
    CURRENT(1),
    /** From its end: an offset below zero is within it. */
    END(2);

    private final int code;

    Whence(int code) {
        this.code = code;
    }

    /** What {@code lo_lseek} is given for it. */
    public int code() {
        return code;
    }
}
