package dev.pgwire.type;

/** Where a codec writes the bytes of one value, most significant byte first. The length of the value itself is not its matter. */
public interface FieldWriter {
    /**
     * Writes one byte.
     *
     * @param value the low 8 bits are written
     */
    void writeByte(int value);

    /**
     * Writes two bytes.
     *
     * @param value the low 16 bits are written
     */
    void writeShort(int value);

    /**
     * Writes four bytes.
     *
     * @param value the number
     */
    void writeInt(int value);

    /**
     * Writes eight bytes.
     *
     * @param value the number
     */
    void writeLong(long value);

    /**
     * Writes four bytes in IEEE 754 form.
     *
     * @param value the number
     */
    void writeFloat(float value);

    /**
     * Writes eight bytes in IEEE 754 form.
     *
     * @param value the number
     */
    void writeDouble(double value);

    /**
     * Writes all bytes of an array.
     *
     * @param value the bytes
     */
    void writeBytes(byte[] value);

    /**
     * Writes some bytes of an array.
     *
     * @param value the array
     * @param offset where to begin
     * @param length how many
     */
    void writeBytes(byte[] value, int offset, int length);

    /**
     * Writes text as UTF-8, without a zero byte at the end.
     *
     * @param value the text
     * @throws dev.pgwire.error.DataException when it contains U+0000, which PostgreSQL cannot store, or half of a
     *     surrogate pair; the message says at which index. no byte is written then.
     */
    void writeUtf8(String value);

    /**
     * Begins a field inside of the value, such as an element of an array: four bytes for its length are left free.
     *
     * @return what {@link #endField} asks for
     */
    int startField();

    /**
     * Ends a field: its length is what was written since it began.
     *
     * @param start what {@link #startField} returned
     */
    void endField(int start);

    /** Writes a field that is NULL: a length of -1 and no bytes. */
    void writeNull();
}
