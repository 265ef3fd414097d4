package dev.pgwire.console.shell;

import dev.pgwire.console.output.RawText;

/** {@code SINGLESTEP}: a statement is sent when it has been looked at. */
final class SingleStep {
    private SingleStep() {}

    static boolean allows(Shell shell, String sql) {
        if (!shell.variables().isOn("SINGLESTEP")) {
            return true;
        }
        RawText.print(
                shell.out(),
                "***(Single step mode: verify command)*******************************************\n" + sql
                        + "\n***(press return to proceed or enter x and return to cancel)********************\n");
        shell.out().flush();
        String answer = shell.input().answer("");
        return answer == null || !answer.startsWith("x");
    }
}
