package dev.pgwire.console.shell;

import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.input.Conditions;
import org.jspecify.annotations.Nullable;

/**
 * One backslash command where it stands.
 *
 * @param buffer the statement that is being entered; null for a {@code -c} of the command line
 * @param conditions the blocks of {@code \if} around it
 * @param isInteractive whether it was typed
 */
public record Call(
        Shell shell,
        CommandArguments arguments,
        @Nullable Buffer buffer,
        Conditions conditions,
        boolean isInteractive) {

    public String name() {
        return arguments.name();
    }

    /** Whether the name has a letter that says how it is meant: {@code +} for more, {@code S} with the system's own. */
    public boolean has(char modifier) {
        return name().indexOf(modifier) >= 0;
    }

    /** Tells of an error, {@code \name: text}. */
    public Outcome fail(String text) {
        shell.messages().error("\\" + name() + ": " + text);
        return Outcome.FAILED;
    }

    public Outcome missingArgument() {
        return fail("missing required argument");
    }

    /** What is to be done when a command has run. */
    public enum Outcome {
        DONE,
        /** The statement is to be sent. */
        SEND,
        /** The statement is to be read again. */
        EDITED,
        QUIT,
        FAILED,
        UNKNOWN;

        public static Outcome of(boolean success) {
            return success ? DONE : FAILED;
        }
    }
}
