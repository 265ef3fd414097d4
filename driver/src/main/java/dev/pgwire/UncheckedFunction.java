package dev.pgwire;

import org.jspecify.annotations.Nullable;

/**
 * What is done inside a transaction to find a value, for languages without checked exceptions. In Java every lambda is a
 * {@link TransactionFunction}, which tells the compiler what it throws.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface UncheckedFunction<T extends @Nullable Object> {
    /** Does it. What it throws passes on to the caller as it is. */
    T apply(Transaction transaction) throws Exception;
}
