package dev.pgwire.console;

/** Something that decides what runs next is not built, so nothing more is run. The error has been printed. */
final class EndOfScript extends Exception {
    private static final long serialVersionUID = 1L;

    EndOfScript() {
        super("the script ends here", null, false, false);
    }
}
