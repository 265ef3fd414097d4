package dev.pgwire;

import org.jspecify.annotations.Nullable;

/**
 * What is done inside a transaction to find a value.
 *
 * @param <T> the value
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface TransactionFunction<T extends @Nullable Object, E extends Exception> extends UncheckedFunction<T> {
    @Override
    T apply(Transaction transaction) throws E;
}
