package dev.pgwire.console.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DisplayWidthTest {
    @Test
    void lettersTakeOneColumnIdeographsTwoAndMarksNone() {
        assertEquals(1, DisplayWidth.of('a'));
        assertEquals(1, DisplayWidth.of('ä'));
        assertEquals(2, DisplayWidth.of('中'));
        assertEquals(2, DisplayWidth.of(0x1F600));
        assertEquals(0, DisplayWidth.of(0x0301));
        assertEquals(-1, DisplayWidth.of('\n'));
        assertEquals(-1, DisplayWidth.of(0x7F));
        assertEquals(-1, DisplayWidth.of(0x85));
    }

    @Test
    void rangesEndWhereTheyEnd() {
        assertEquals(2, DisplayWidth.of(0x115F));
        assertEquals(1, DisplayWidth.of(0x1160));
        assertEquals(1, DisplayWidth.of(0x303F));
        assertEquals(2, DisplayWidth.of(0x3FFFD));
        assertEquals(1, DisplayWidth.of(0x10FFFF));
    }
}
