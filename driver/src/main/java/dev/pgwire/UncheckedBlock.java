package dev.pgwire;

/**
 * What is done inside a transaction, for languages without checked exceptions. In Java every lambda is a
 * {@link TransactionBlock}, which tells the compiler what it throws.
 */
@FunctionalInterface
public interface UncheckedBlock {
    /** Does it. What it throws passes on to the caller as it is. */
    void run(Transaction transaction) throws Exception;
}
