package dev.pgwire.internal.codec;

/**
 * A codec whose values can be read as a {@code double}, without boxing. The binary format is read without
 * allocating; so is a text of few digits.
 */
public interface DoubleCodec {
    /**
     * Reads a value in binary format.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws dev.pgwire.error.DataException when the bytes are no value of the type
     */
    double binaryDouble(byte[] source, int offset, int length);

    /**
     * Reads a value in text format.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws dev.pgwire.error.DataException when the bytes are no value of the type
     */
    double textDouble(byte[] source, int offset, int length);
}
