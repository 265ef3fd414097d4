package dev.pgwire.internal.tls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsRecordsTest {
    private static final String TLS_12 = "TLSv1.2";
    private static final String TLS_13 = "TLSv1.3";
    private static final String CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
    private static final int SMALL = 8 * 1024;

    // The handshake

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void aHandshakeCutAtAnyByteComesToItsEnd(String protocol) throws Exception {
        // Another twentieth of the bytes in each run.
        int cut = Seed.take(protocol).random().nextInt(20);
        int received;
        do {
            received = shakeHands(protocol, cut);
            cut += 20;
        } while (cut <= received);
        assertTrue(received > 500, "the server sent " + received);
    }

    /** Cuts what the client receives, and returns how much that is. */
    private static int shakeHands(String protocol, int cut) throws IOException {
        TlsPeer client = TlsPeer.client(protocol);
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        int received = 0;
        while (!client.tls.isEstablished() || !server.tls.isEstablished()) {
            server.receive(client.sent());
            byte[] flight = server.sent();
            int here = Math.min(Math.max(cut - received, 0), flight.length);
            client.receive(flight, 0, here);
            client.receive(flight, here, flight.length);
            received += flight.length;
        }
        assertArrayEquals(new byte[] {1, 2}, passed(client, server, new byte[] {1, 2}));
        assertArrayEquals(new byte[] {3}, passed(server, client, new byte[] {3}));
        return received;
    }

    private static byte[] passed(TlsPeer from, TlsPeer to, byte[] plain) throws IOException {
        to.data.reset();
        to.receive(from.encrypt(plain));
        return to.data.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void aHandshakeComesInParts(String protocol) throws Exception {
        for (int part = 1; part < 40; part++) {
            shakeHandsInParts(protocol, part);
        }
    }

    private static void shakeHandsInParts(String protocol, int part) throws IOException {
        TlsPeer client = TlsPeer.client(protocol);
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        while (!client.tls.isEstablished() || !server.tls.isEstablished()) {
            server.receive(client.sent());
            byte[] flight = server.sent();
            for (int at = 0; at < flight.length; at += part) {
                int end = Math.min(at + part, flight.length);
                if (part % 2 == 0) {
                    client.receive(flight, at, end);
                } else {
                    client.tls.received(ByteBuffer.wrap(flight, at, end - at));
                }
            }
        }
        assertArrayEquals(new byte[] {1}, passed(client, server, new byte[] {1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void dataBehindTheLastRecordOfTheHandshakeFollowsIt(String protocol) throws Exception {
        TlsPeer client = TlsPeer.client(protocol);
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        while (!server.tls.isEstablished()) {
            client.receive(server.sent());
            server.receive(client.sent());
        }
        // With TLS 1.2 this begins with the Finished, with TLS 1.3 with a NewSessionTicket.
        server.tls.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        client.receive(server.sent());
        assertTrue(client.tls.isEstablished());
        assertArrayEquals(new byte[] {1, 2, 3}, client.data.toByteArray());
    }

    @Test
    void nothingIsSentBeforeTheHandshakeIsOver() throws Exception {
        TlsPeer client = TlsPeer.client(TLS_13);
        assertThrows(IllegalStateException.class, () -> client.receive(new byte[] {1}));
        client.tls.begin();
        assertFalse(client.tls.isEstablished());
        assertThrows(IllegalStateException.class, () -> client.encrypt(new byte[] {1}));
    }

    @Test
    void aCertificateThatIsNotTrustedFailsWithTheReasonOfItsJudge() throws Exception {
        CertificateException reason = new CertificateException("not that one");
        TlsPeer client = TlsPeer.client(TLS_13, new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                throw reason;
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        });
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        SSLException failure = assertThrows(SSLException.class, () -> TlsPeer.exchange(client, server));
        assertSame(reason, deepest(failure));
        assertFalse(client.tls.isEstablished());
        SSLException alert = assertThrows(SSLException.class, () -> server.receive(client.sent()));
        says("Received fatal alert: certificate_unknown", alert);
    }

    @Test
    void aJudgeThatBreaksFailsTheHandshake() throws Exception {
        RuntimeException reason = new IllegalStateException("broken");
        TlsPeer client = TlsPeer.client(TLS_13, new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                throw reason;
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        });
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        SSLException failure = assertThrows(SSLException.class, () -> TlsPeer.exchange(client, server));
        assertSame(reason, deepest(failure));
    }

    /** Newer JDKs say more before it. */
    private static void says(String text, SSLException failure) {
        assertTrue(String.valueOf(failure.getMessage()).contains(text), failure.getMessage());
    }

    private static Throwable deepest(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    @Test
    void anAlertOfTheServerEndsTheHandshake() throws Exception {
        // The certificate has no key for it.
        TlsPeer client = TlsPeer.client(TLS_12, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        TlsPeer server = TlsPeer.server();
        client.tls.begin();
        server.tls.begin();
        assertThrows(SSLException.class, () -> server.receive(client.sent()));
        byte[] alert = server.sent();
        SSLException failure = assertThrows(SSLHandshakeException.class, () -> client.receive(alert));
        says("Received fatal alert: handshake_failure", failure);
    }

    @Test
    void anAnswerThatIsNoRecordFailsWithItsFirstFiveBytes() throws Exception {
        TlsPeer client = TlsPeer.client(TLS_13);
        client.tls.begin();
        byte[] http = "HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII);
        client.receive(http, 0, 4);
        assertThrows(SSLException.class, () -> client.receive(http, 4, 5));
    }

    // Records

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13, CBC})
    void recordsCutAtAnyByteGiveTheSameData(String protocol) throws Exception {
        TlsPeer[] both = connected(protocol);
        TlsPeer client = both[0];
        byte[] plain = filled(300);
        int length;
        int cut = 0;
        do {
            byte[] records = three(both[1], plain);
            length = records.length;
            client.data.reset();
            if (cut % 2 == 0) {
                client.receive(records, 0, cut);
                client.receive(records, cut, length);
            } else {
                client.tls.received(ByteBuffer.wrap(records, 0, cut));
                client.tls.received(ByteBuffer.wrap(records, cut, length - cut));
            }
            assertArrayEquals(plain, client.data.toByteArray(), "cut at " + cut);
            cut++;
        } while (cut < length);
    }

    /** Records of one byte, of a hundred and of the rest. */
    private static byte[] three(TlsPeer peer, byte[] plain) throws IOException {
        peer.tls.send(ByteBuffer.wrap(plain, 0, 1));
        peer.tls.send(ByteBuffer.wrap(plain, 1, 100));
        peer.tls.send(ByteBuffer.wrap(plain, 101, plain.length - 101));
        return peer.sent();
    }

    private static TlsPeer[] connected(String protocol) throws IOException {
        return protocol.equals(CBC) ? TlsPeer.connected(TLS_12, CBC) : TlsPeer.connected(protocol);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (31 * i + length);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13, CBC})
    void aChangedByteIsNeverReadAsOtherData(String protocol) throws Exception {
        int length = connected(protocol)[1].encrypt(filled(40)).length;
        Random random = Seed.take(protocol).random();
        for (int at = 0; at < length; at++) {
            change(protocol, at, 1 + random.nextInt(0xff));
        }
    }

    private static void change(String protocol, int at, int change) throws IOException {
        TlsPeer[] both = connected(protocol);
        byte[] plain = filled(40);
        byte[] record = both[1].encrypt(plain);
        record[at] ^= (byte) change;
        // If the record claims to be longer than it is, its end is looked for in what follows.
        byte[] next = both[1].encrypt(new byte[20_000]);
        SSLException failure = null;
        try {
            both[0].receive(record);
            both[0].receive(next);
        } catch (SSLException refused) {
            failure = refused;
        }
        byte[] data = both[0].data.toByteArray();
        if (failure == null) {
            assertArrayEquals(plain, Arrays.copyOf(data, plain.length), "byte " + at + " changed by " + change);
            assertEquals(plain.length + 20_000, data.length);
            return;
        }
        assertEquals(0, data.length, "byte " + at + " changed by " + change);
        SSLException again = assertThrows(SSLException.class, () -> both[0].receive(next));
        assertSame(failure, again.getCause());
        again = assertThrows(SSLException.class, () -> both[0].encrypt(plain));
        assertSame(failure, again.getCause());
        byte[] alert = both[0].sent();
        SSLException told = assertThrows(SSLException.class, () -> both[1].receive(alert));
        says("Received fatal alert: ", told);
    }

    @Test
    void recordsThatAreLargerThanTheRoomOfTheReaderArrive() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        byte[] plain = filled(100_000);
        for (int room : new int[] {1, 7, 16_384, 16_385, 16_386}) {
            both[0].room = room;
            assertArrayEquals(plain, passed(both[1], both[0], plain), "room of " + room);
        }
    }

    @Test
    void nothingIsSentForNothing() throws Exception {
        assertEquals(0, TlsPeer.connected(TLS_13)[1].encrypt(new byte[0]).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13, CBC})
    void muchIsSentInFewWritesAndLittleInOne(String protocol) throws Exception {
        TlsPeer[] both = connected(protocol);
        TlsPeer client = both[0];
        byte[] plain = filled(1 << 20);
        client.writes = 0;
        assertArrayEquals(plain, passed(client, both[1], plain));
        assertTrue(client.writes <= 17, client.writes + " writes");
        assertTrue(client.largestWrite < 70_000, "one write of " + client.largestWrite);
        client.writes = 0;
        assertArrayEquals(new byte[] {5}, passed(client, both[1], new byte[] {5}));
        assertEquals(1, client.writes);
        assertArrayEquals(plain, passed(both[1], client, plain));
    }

    /** Else a server that refuses the first record breaks the write of the second, and its reason is never read. */
    @Test
    void theClientsPartOfAHandshakeIsAHelloAndOneWriteMore() throws Exception {
        assertEquals(2, TlsPeer.connected(TLS_12)[0].writes);
    }

    @Test
    void littleIsHeldForLittle() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        byte[] plain = filled(100);
        for (int i = 0; i < 10_000; i++) {
            byte[] record = both[1].encrypt(plain);
            int cut = i % record.length;
            both[0].tls.received(ByteBuffer.wrap(record, 0, cut));
            both[0].receive(record, cut, record.length);
        }
        assertEquals(SMALL, both[0].tls.capacity());
        both[0].receive(both[1].encrypt(filled(SMALL)));
        assertEquals(2 * SMALL, both[0].tls.capacity());
        both[0].receive(both[1].encrypt(filled(1 << 20)));
        assertEquals(8 * SMALL, both[0].tls.capacity());
    }

    @Test
    void aSocketThatBreaksSaysSoItself() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        IOException broken = new IOException("broken pipe");
        both[0].broken = broken;
        assertSame(broken, assertThrows(IOException.class, () -> both[0].encrypt(new byte[] {1})));
        byte[] record = both[1].encrypt(new byte[] {1});
        record[record.length - 1]++;
        SSLException failure = assertThrows(SSLException.class, () -> both[0].receive(record));
        assertSame(broken, failure.getSuppressed()[0]);
    }

    // Handshakes in the middle

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void newKeysInTheMiddleDisturbNothing(String protocol) throws Exception {
        TlsPeer[] both = TlsPeer.connected(protocol);
        for (int i = 0; i < 20; i++) {
            TlsPeer asking = both[i % 2];
            TlsPeer other = both[1 - i % 2];
            // With TLS 1.3 a KeyUpdate that asks for one in return, with TLS 1.2 a renegotiation.
            asking.engine.beginHandshake();
            byte[] plain = filled(20_000 + i);
            asking.data.reset();
            other.data.reset();
            asking.tls.send(ByteBuffer.wrap(plain));
            other.tls.send(ByteBuffer.wrap(plain));
            TlsPeer.exchange(both[0], both[1]);
            assertArrayEquals(plain, asking.data.toByteArray());
            assertArrayEquals(plain, other.data.toByteArray());
        }
    }

    @Test
    void aRequestForNewKeysIsAnsweredAtOnce() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        both[1].engine.beginHandshake();
        byte[] records = both[1].encrypt(new byte[] {1});
        both[0].writes = 0;
        both[0].receive(records);
        assertArrayEquals(new byte[] {1}, both[0].data.toByteArray());
        assertEquals(1, both[0].writes);
    }

    // The end

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void closeNotifyIsTheEndOfWhatCameBefore(String protocol) throws Exception {
        TlsPeer[] both = TlsPeer.connected(protocol);
        TlsPeer client = both[0];
        both[1].tls.send(ByteBuffer.wrap(new byte[] {1, 2}));
        both[1].tls.close();
        byte[] end = both[1].sent();
        byte[] behind = Arrays.copyOf(end, end.length + 100);
        client.receive(behind);
        assertArrayEquals(new byte[] {1, 2}, client.data.toByteArray());
        assertTrue(client.tls.isClosed());
        client.receive(behind);
        client.tls.received(ByteBuffer.wrap(behind));
        assertEquals(2, client.data.size());
        SSLException failure = assertThrows(SSLException.class, () -> client.encrypt(new byte[] {1}));
        assertEquals("TLS of this connection is closed", failure.getMessage());
        client.tls.close();
        client.tls.close();
        assertTrue(client.tls.isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void closeSaysSoToTheOtherSide(String protocol) throws Exception {
        TlsPeer[] both = TlsPeer.connected(protocol);
        both[0].tls.close();
        assertTrue(both[0].tls.isClosed());
        both[1].receive(both[0].sent());
        assertTrue(both[1].tls.isClosed());
        both[1].tls.close();
        both[0].receive(both[1].sent());
    }

    @Test
    void closeInTheMiddleOfTheHandshakeOrBeforeIsNoFailure() throws Exception {
        TlsPeer.client(TLS_13).tls.close();
        TlsPeer client = TlsPeer.client(TLS_13);
        client.tls.begin();
        client.tls.close();
        assertTrue(client.sent().length > 0);
        assertFalse(client.tls.isEstablished());
        TlsPeer broken = TlsPeer.connected(TLS_13)[0];
        broken.broken = new IOException("reset");
        broken.tls.close();
    }

    @Test
    void aReaderThatClosesReceivesNothingMore() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        both[0].onData = both[0].tls::close;
        both[1].tls.send(ByteBuffer.wrap(new byte[] {1}));
        both[1].tls.send(ByteBuffer.wrap(new byte[] {2}));
        both[0].receive(both[1].sent());
        assertArrayEquals(new byte[] {1}, both[0].data.toByteArray());
        both[1].receive(both[0].sent());
        assertTrue(both[1].tls.isClosed());
    }

    @Test
    void aReaderThatAnswersSendsAtOnce() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        both[0].onData = () -> both[0].tls.send(ByteBuffer.wrap(new byte[] {3}));
        // It also owes new keys, in the same record or the next.
        both[1].engine.beginHandshake();
        both[1].tls.send(ByteBuffer.wrap(new byte[] {1}));
        both[0].receive(both[1].sent());
        both[1].receive(both[0].sent());
        assertArrayEquals(new byte[] {3}, both[1].data.toByteArray());
    }

    @Test
    void aReaderThatFailsFailsAsItself() throws Exception {
        TlsPeer[] both = TlsPeer.connected(TLS_13);
        RuntimeException reason = new IllegalStateException("not understood");
        both[0].onData = () -> {
            throw reason;
        };
        byte[] record = both[1].encrypt(new byte[] {1});
        assertSame(reason, assertThrows(RuntimeException.class, () -> both[0].receive(record)));
        both[0].onData = () -> {};
        assertArrayEquals(new byte[] {2}, passed(both[1], both[0], new byte[] {2}));
    }
}
