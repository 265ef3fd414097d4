package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class BitStringTest {
    @Test
    void theFirstBitIsTheLeftmost() {
        BitString bits = BitString.of("1000000001");
        assertEquals(10, bits.length());
        assertTrue(bits.get(0));
        assertFalse(bits.get(1));
        assertTrue(bits.get(9));
        assertEquals("1000000001", bits.toString());
        assertArrayEquals(new byte[] {(byte) 0x80, 0x40}, bits.toByteArray());
        assertThrows(IndexOutOfBoundsException.class, () -> bits.get(10));
        assertThrows(IndexOutOfBoundsException.class, () -> bits.get(-1));
    }

    @Test
    void equalityIsThatOfTheBits() {
        assertEquals(BitString.of("101"), BitString.of(new byte[] {(byte) 0xBF}, 3));
        assertEquals(
                BitString.of("101").hashCode(),
                BitString.of(new byte[] {(byte) 0xBF}, 3).hashCode());
        assertNotEquals(BitString.of("101"), BitString.of("1010"));
        assertNotEquals(BitString.of(""), BitString.of("0"));
    }

    @Test
    void aNumberHasItsLowestBitAtTheRight() {
        assertEquals("101100", BitString.of(44, 6).toString());
        assertEquals("0000101100", BitString.of(44, 10).toString());
        assertEquals("11010100", BitString.of(-44, 8).toString());
        assertEquals(44, BitString.of("0000101100").toLong());
        assertEquals(Long.MIN_VALUE, BitString.of(Long.MIN_VALUE, 64).toLong());
        assertEquals(0, BitString.of(0, 0).toLong());
        assertThrows(IllegalArgumentException.class, () -> BitString.of(44, 5));
        assertThrows(IllegalArgumentException.class, () -> BitString.of(1, 65));
        assertThrows(
                ArithmeticException.class, () -> BitString.of("1".repeat(65)).toLong());
    }

    @Test
    void aBitSetHasTheSameIndexes() {
        BitSet set = new BitSet();
        set.set(0);
        set.set(9);
        assertEquals("100000000100", BitString.of(set, 12).toString());
        assertEquals(set, BitString.of("100000000100").toBitSet());
        assertThrows(IllegalArgumentException.class, () -> BitString.of(set, 9));
    }

    @Test
    void whatIsNoBitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BitString.of("102"));
        assertThrows(IllegalArgumentException.class, () -> BitString.of(new byte[2], 8));
        assertThrows(IllegalArgumentException.class, () -> BitString.of(new byte[0], -1));
    }
}
