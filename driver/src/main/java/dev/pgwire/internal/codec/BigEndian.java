package dev.pgwire.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in a byte array, most significant byte first, as the wire has them. One machine instruction or two each. */
public final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /**
     * Reads two bytes.
     *
     * @param source the bytes
     * @param offset where to begin
     * @return the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static short getShort(byte[] source, int offset) {
        return (short) SHORT.get(source, offset);
    }

    /**
     * Reads four bytes.
     *
     * @param source the bytes
     * @param offset where to begin
     * @return the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static int getInt(byte[] source, int offset) {
        return (int) INT.get(source, offset);
    }

    /**
     * Writes four bytes.
     *
     * @param target where to
     * @param offset where to begin
     * @param value the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static void putInt(byte[] target, int offset, int value) {
        INT.set(target, offset, value);
    }

    /**
     * Reads eight bytes.
     *
     * @param source the bytes
     * @param offset where to begin
     * @return the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static long getLong(byte[] source, int offset) {
        return (long) LONG.get(source, offset);
    }

    /**
     * Reads four bytes in IEEE 754 form.
     *
     * @param source the bytes
     * @param offset where to begin
     * @return the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static float getFloat(byte[] source, int offset) {
        return Float.intBitsToFloat((int) INT.get(source, offset));
    }

    /**
     * Reads eight bytes in IEEE 754 form.
     *
     * @param source the bytes
     * @param offset where to begin
     * @return the number
     * @throws IndexOutOfBoundsException when the array ends before
     */
    public static double getDouble(byte[] source, int offset) {
        return Double.longBitsToDouble((long) LONG.get(source, offset));
    }
}
