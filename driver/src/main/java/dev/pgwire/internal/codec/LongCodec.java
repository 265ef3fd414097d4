package dev.pgwire.internal.codec;

/** A codec whose values fit in a {@code long}: it reads them without boxing and without allocating. */
public interface LongCodec {
    /**
     * Reads a value in binary format.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws dev.pgwire.error.DataException when the bytes are no value of the type
     */
    long binaryLong(byte[] source, int offset, int length);

    /**
     * Reads a value in text format.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws dev.pgwire.error.DataException when the bytes are no value of the type
     */
    long textLong(byte[] source, int offset, int length);
}
