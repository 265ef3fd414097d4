package dev.pgwire.console.shell;

/** {@code \gdesc}: the columns that a statement would return. */
final class Description {
    private final Shell shell;

    Description(Shell shell) {
        this.shell = shell;
    }

    boolean of(String sql) {
        shell.messages().error("\\gdesc is not built yet");
        return false;
    }
}
