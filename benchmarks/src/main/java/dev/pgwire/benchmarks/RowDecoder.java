package dev.pgwire.benchmarks;

/** A way from the bytes of {@link WideRows} to their values. */
interface RowDecoder {
    /** Decodes all rows, and passes on the ten values of each, NULL too, in the order of the columns. */
    void decode(Values values);
}
