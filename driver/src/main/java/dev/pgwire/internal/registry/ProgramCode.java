package dev.pgwire.internal.registry;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a program has registered, as it is called: whatever it throws becomes a DataException that names it. */
final class ProgramCode {
    private ProgramCode() {}

    /**
     * What the program's code gives.
     *
     * @param what names it in a message
     * @throws DataException if it throws, or gives null
     */
    static <V> V call(String what, Supplier<? extends @Nullable V> work) {
        @Nullable V value;
        try {
            value = work.get();
        } catch (DataException said) {
            throw said;
        } catch (RuntimeException failure) {
            throw failed(what, "it threw " + failure, failure);
        }
        if (value == null) {
            throw failed(what, "it gave null, expected a value", null);
        }
        return value;
    }

    private static DataException failed(String what, String how, @Nullable Throwable cause) {
        return new DataException(SqlState.DATA_EXCEPTION, what + " failed: " + how, cause);
    }
}
