package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PeerTextTest {
    @Test
    void whatATerminalObeysIsAQuestionMark() {
        assertEquals("a~ ??[1m??\u00e9?", PeerText.shown("a~ \n\u001b[1m\u0000\u007f\u00e9\u202e"));
        assertEquals("?a?b?c?d", PeerText.shown("\u202ea\u2028b\u200fc\ud800d"));
        assertEquals("b\u00fccher.example", PeerText.shown("b\u00fccher.example"));
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
