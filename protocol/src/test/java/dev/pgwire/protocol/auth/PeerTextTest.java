package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PeerTextTest {
    @Test
    void whatIsNotPrintableIsAQuestionMark() {
        assertEquals("a~ ??[1m????", PeerText.shown("a~ \n\u001b[1m\u0000\u007fé\u202e"));
    }

    @Test
    void whatIsLongIsCut() {
        assertEquals("x".repeat(200), PeerText.shown("x".repeat(200)));
        assertEquals("x".repeat(200) + "...", PeerText.shown("x".repeat(201)));
    }

    @Test
    void nothingIsShownAsSuch() {
        assertEquals("null", PeerText.shown(null));
        assertEquals("", PeerText.shown(""));
    }
}
