package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Sample.End;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedBodyTest {
    static List<Sample> exact() {
        return Samples.all().stream()
                .filter(sample -> sample.end() == End.EXACT)
                .toList();
    }

    static List<Sample> free() {
        return Samples.all().stream().filter(sample -> sample.end() == End.FREE).toList();
    }

    @ParameterizedTest
    @MethodSource("exact")
    void aTruncatedBodyIsAViolation(Sample sample) {
        byte[] body = sample.body();
        for (int length = 0; length < body.length; length++) {
            byte[] truncated = Arrays.copyOf(body, length);
            assertThrows(ProtocolViolation.class, () -> sample.decode(truncated), () -> Bytes.hex(truncated));
        }
    }

    @ParameterizedTest
    @MethodSource("exact")
    void aBodyWithATrailingByteIsAViolation(Sample sample) {
        byte[] body = sample.body();
        for (int trailing = 0; trailing < 256; trailing++) {
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            longer[body.length] = (byte) trailing;
            assertThrows(ProtocolViolation.class, () -> sample.decode(longer), () -> Bytes.hex(longer));
        }
    }

    @Test
    void onlyOpaqueDataAndKeysReachToWhereverTheBodyEnds() {
        Set<String> names = free().stream()
                .map(sample -> sample.message().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                Set.of(
                        "BackendKeyData",
                        "Cancel",
                        "CopyData",
                        "GSSResponse",
                        "GssContinue",
                        "SASLResponse",
                        "SaslContinue",
                        "SaslFinal"),
                names);
    }

    @ParameterizedTest
    @MethodSource("free")
    void aBodyThatEndsInFreeBytesIsAnotherMessageOrAViolation(Sample sample) {
        byte[] body = sample.body();
        for (int length = 0; length <= body.length + 1; length++) {
            byte[] other = Arrays.copyOf(body, length);
            try {
                assertEquals(length, sample.encode(sample.decode(other)).length - sample.headerLength());
            } catch (ProtocolViolation expected) {
                assertTrue(length != body.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257, 1000})
    void aSecretKeyHasFourTo256Bytes(int length) {
        byte[] body = new byte[4 + length];
        assertThrows(ProtocolViolation.class, () -> BackendKeyData.read(Unpooled.wrappedBuffer(body)));

        byte[] cancel = new byte[8 + length];
        Unpooled.wrappedBuffer(cancel).setInt(0, 80877102);
        assertThrows(ProtocolViolation.class, () -> FrontendDecoder.opening(Unpooled.wrappedBuffer(cancel)));
        assertThrows(IllegalArgumentException.class, () -> new BackendKeyData(1, new byte[length]));
        assertThrows(IllegalArgumentException.class, () -> new Opening.Cancel(1, new byte[length]));
    }

    @Test
    void everyOtherTagIsAViolationThatNamesIt() {
        Set<Byte> backend = Samples.backend().stream().map(s -> s.bytes()[0]).collect(Collectors.toSet());
        Set<Byte> frontend = Samples.frontend().stream()
                .filter(s -> s.headerLength() == 5)
                .map(s -> s.bytes()[0])
                .collect(Collectors.toSet());
        for (int tag = -128; tag < 128; tag++) {
            byte unknown = (byte) tag;
            String shown = ProtocolViolation.show(unknown);
            if (!backend.contains(unknown)) {
                assertEquals(
                        "a message with the tag " + shown + ", expected one that a server sends",
                        violation(() -> BackendDecoder.decode(unknown, Unpooled.EMPTY_BUFFER)));
            }
            if (!frontend.contains(unknown)) {
                assertEquals(
                        "a message with the tag " + shown + ", expected one that a client sends",
                        violation(() -> FrontendDecoder.decode(unknown, Unpooled.EMPTY_BUFFER, PasswordKind.PASSWORD)));
            }
        }
        assertEquals(24, backend.size());
        assertEquals(14, frontend.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"80000000", "fffffffe", "ffffff00", "7fffffff", "00000002"})
    void onlyMinusOneIsNullAndNoValueIsLongerThanTheRow(String length) {
        assertThrows(ProtocolViolation.class, () -> Bytes.decode(Bytes.hex("'D' 0000000b 0001" + length + "41")));
        assertThrows(ProtocolViolation.class, () -> Bytes.decode(Bytes.hex("'V' 00000009" + length + "41")));
        assertThrows(
                ProtocolViolation.class,
                () -> FrontendDecoder.decode(
                        (byte) 'B',
                        Unpooled.wrappedBuffer(Bytes.hex("00 00 0000 0001" + length + "41 0000")),
                        PasswordKind.PASSWORD));
    }

    @Test
    void aViolationSaysTheMessageWhatWasFoundAndWhatWasExpected() {
        assertEquals(
                "DataRow: -2 as the length of the column, expected -1 for NULL or 0 to 1, the bytes left",
                violation(() -> Bytes.decode(Bytes.hex("'D' 0000000b 0001 fffffffe 41"))));
        assertEquals(
                "ReadyForQuery: transaction status 'X', expected 'I', 'T' or 'E'",
                violation(() -> Bytes.decode(Bytes.hex("'Z' 00000005 'X'"))));
        assertEquals(
                "ParseComplete: 1 bytes left over, expected the end of the message",
                violation(() -> Signal.PARSE_COMPLETE.read(Unpooled.wrappedBuffer(new byte[1]))));
        assertEquals(
                "CommandComplete: 5 bytes left for the tag without a zero byte, expected one at its end",
                violation(() -> Bytes.decode(Bytes.hex("'C' 00000009 'BEGIN'"))));
        assertEquals(
                "Authentication: request 6, expected 0, 2, 3, 5 or 7 to 12",
                violation(() -> Bytes.decode(Bytes.hex("'R' 00000008 00000006"))));
        assertEquals(
                "CopyInResponse: 2 as the overall format, expected 0 (text) or 1 (binary)",
                violation(() -> Bytes.decode(Bytes.hex("'G' 00000007 02 0000"))));
        assertEquals(
                "the opening message: version 2.0, expected 3.x or a request code",
                violation(() -> FrontendDecoder.opening(Unpooled.wrappedBuffer(Bytes.hex("00020000 00")))));
    }

    private static String violation(Runnable reader) {
        return assertThrows(ProtocolViolation.class, reader::run).getMessage();
    }
}
