package dev.pgwire.internal.request;

/** What a request was, as far as it tells before its answer has come whether there is a transaction. */
public enum Flight {
    /** One prepared statement, which neither begins nor ends one. */
    STATEMENT,
    /** The same, with a BEGIN before it. */
    BEGIN_AND_STATEMENT,
    ANYTHING
}
