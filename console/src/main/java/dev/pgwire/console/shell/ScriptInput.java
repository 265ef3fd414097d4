package dev.pgwire.console.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands at standard input. */
public interface ScriptInput {
    /** Whether a person types there. */
    boolean isInteractive();

    /** The entries of the history, the oldest first. */
    default List<String> history() {
        return List.of();
    }

    /** The next line, which answers a question; null at the end. */
    @Nullable
    String answer(String question);

    /** What a person answers to a question; if there is none, the next line, empty at the end. Null for a Ctrl-C. */
    @Nullable
    String typed(String question);

    /** As {@link #typed}, for what must not be seen. */
    @Nullable
    String secret(String question);
}
