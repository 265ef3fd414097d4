package dev.pgwire.console.shell;

/** Something that decides what runs next is not built, so nothing more is run. The error has been printed. */
public final class EndOfScript extends Exception {
    private static final long serialVersionUID = 1L;

    EndOfScript() {
        super("the script ends here", null, false, false);
    }
}
