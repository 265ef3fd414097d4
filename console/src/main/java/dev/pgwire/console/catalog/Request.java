package dev.pgwire.console.catalog;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Shell;
import org.jspecify.annotations.Nullable;

/**
 * What a command of the {@code \d} family is asked for.
 *
 * @param pattern null for none
 */
public record Request(Call call, @Nullable String pattern) {
    public Shell shell() {
        return call.shell();
    }

    /** The letters of the command's name. */
    String name() {
        return call.name();
    }

    public boolean isVerbose() {
        return call.has('+');
    }

    boolean showsSystem() {
        return call.has('S');
    }

    boolean hidesSystem() {
        return !showsSystem() && pattern == null;
    }

    boolean has(char letter) {
        return name().indexOf(letter, 1) >= 0;
    }

    /** Which version of the server it is, as 15. */
    public int server() {
        String digits = shell().connection().serverVersion().replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Tells that nothing was found, unless the console is to be quiet. */
    public void tellNothing(String what, @Nullable String name) {
        if (!shell().isQuiet()) {
            shell().messages().error("Did not find any " + what + (name == null ? "s." : " named \"" + name + "\"."));
        }
    }
}
