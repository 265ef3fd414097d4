package dev.pgwire.console.terminal;

import dev.pgwire.console.shell.ScriptInput;
import org.jspecify.annotations.Nullable;

/** Standard input of a console with a prompt, which asks at the prompt and not there. */
final class NoAnswers implements ScriptInput {
    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public @Nullable String answer(String question) {
        return null;
    }

    @Override
    public @Nullable String typed(String question) {
        return null;
    }

    @Override
    public @Nullable String secret(String question) {
        return null;
    }
}
