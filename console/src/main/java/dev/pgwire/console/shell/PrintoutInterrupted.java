package dev.pgwire.console.shell;

/** Ctrl-C while rows are printed. */
final class PrintoutInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
