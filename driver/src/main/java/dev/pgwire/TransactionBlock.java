package dev.pgwire;

/**
 * What is done inside a transaction.
 *
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface TransactionBlock<E extends Exception> extends UncheckedBlock {
    @Override
    void run(Transaction transaction) throws E;
}
