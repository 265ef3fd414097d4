package dev.pgwire.type;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;

/**
 * The bytes of one value, from which a codec reads one thing after another. To read beyond the end throws a
 * {@link DataException} that names the type; nothing is ever read from what lies behind the value.
 */
public interface FieldReader {
    /**
     * A reader of bytes that did not come as a field: for a type whose text is its bytes in hexadecimal digits, and for the
     * tests of a codec.
     *
     * @param bytes all bytes of the value
     * @return a reader at their beginning
     */
    static FieldReader of(byte[] bytes) {
        return of(
                bytes,
                0,
                bytes.length,
                what -> new DataException(SqlState.INVALID_BINARY_REPRESENTATION, "not a binary value: " + what, null));
    }

    /**
     * A reader of bytes in an array.
     *
     * @param source the array
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param invalid makes what {@link #invalid} returns
     * @return a reader at the beginning of the value
     * @throws IndexOutOfBoundsException if the array does not have these bytes
     */
    static FieldReader of(byte[] source, int offset, int length, Function<String, DataException> invalid) {
        return new FieldBytes(ByteBuffer.wrap(source, offset, length), invalid);
    }

    /**
     * How many bytes are left.
     *
     * @return 0 at the end
     */
    int remaining();

    /**
     * Has numbers read in this order from now on; at first the most significant byte comes first, as PostgreSQL has it nearly
     * everywhere.
     *
     * @param order the order of bytes
     * @return this reader
     */
    FieldReader order(ByteOrder order);

    /**
     * Reads one byte.
     *
     * @return -128 to 127
     */
    byte readByte();

    /**
     * Reads two bytes.
     *
     * @return the number
     */
    short readShort();

    /**
     * Reads four bytes.
     *
     * @return the number
     */
    int readInt();

    /**
     * Reads eight bytes.
     *
     * @return the number
     */
    long readLong();

    /**
     * Reads four bytes in IEEE 754 form.
     *
     * @return the number
     */
    float readFloat();

    /**
     * Reads eight bytes in IEEE 754 form.
     *
     * @return the number
     */
    double readDouble();

    /**
     * Reads some bytes.
     *
     * @param length how many; before memory is taken it is checked that they are there
     * @return a new array
     */
    byte[] readBytes(int length);

    /**
     * Reads text.
     *
     * @param length how many bytes of UTF-8 it has; {@link #remaining} for all
     * @return the text
     */
    String readUtf8(int length);

    /**
     * Checks a count that the bytes claim, before memory is taken for it.
     *
     * @param count how many things are said to follow
     * @param size how many bytes each of them has at least
     * @return the count
     */
    int checkCount(int count, int size);

    /**
     * The failure of bytes that are no value.
     *
     * @param what what is wrong, and what was expected
     * @return an exception to be thrown, which names the type
     */
    DataException invalid(String what);
}
