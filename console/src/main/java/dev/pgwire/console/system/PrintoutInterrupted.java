package dev.pgwire.console.system;

/** Ctrl-C while rows are printed. */
public final class PrintoutInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
