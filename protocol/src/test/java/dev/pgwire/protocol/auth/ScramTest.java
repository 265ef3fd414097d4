package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final List<String> OFFERED = List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @Test
    void theExampleOfRfc7677ComesOut() {
        Scram scram = example();

        assertEquals("SCRAM-SHA-256", scram.mechanism());
        assertEquals("n,,n=user,r=" + NONCE, text(scram.clientFirst()));
        assertEquals(
                "c=biws,r=" + SERVER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                text(scram.clientFinal(utf8(SERVER_FIRST))));
        assertDoesNotThrow(() -> scram.verify(utf8(SERVER_FINAL)));
    }

    @Test
    void theUserIsLeftToTheStartupMessageAndTheNonceIsNewEachTime() {
        String one = text(client("pencil").clientFirst());
        String other = text(client("pencil").clientFirst());

        assertTrue(one.startsWith("n,,n=*,r="), one);
        assertFalse(one.equals(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "v=AAAA",
                "v=",
                "v=!!!!",
                "e=invalid-proof",
                "e=",
                "",
                "nonsense",
                "\u0000"
            })
    void aServerThatDoesNotProveItselfFails(String serverFinal) {
        Scram scram = started();
        scram.clientFinal(utf8(SERVER_FIRST));

        fails(() -> scram.verify(utf8(serverFinal)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=somebodyElse,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=" + SERVER_NONCE + ",s=!!!,i=4096",
                "r=" + SERVER_NONCE + ",s=,i=4096",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-1",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=NaN",
                "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
                "m=ext,r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "e=other-error"
            })
    void aFirstMessageThatIsNoScramFails(String serverFirst) {
        Scram scram = started();

        fails(() -> scram.clientFinal(utf8(serverFirst)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, '\t', '\n', ' ', 0x7F, 0x80, 0xE9, 0x2028, 0xFFFD})
    void aNonceThatIsNotPrintableIsRefused(int character) {
        Scram scram = started();
        String nonce = SERVER_NONCE + Character.toString(character) + "x";

        String message = fails(() -> scram.clientFinal(utf8(SERVER_FIRST.replace(SERVER_NONCE, nonce))));
        assertEquals(
                "the server's SCRAM nonce has a character of code " + character + " at index " + SERVER_NONCE.length()
                        + ", expected printable ASCII without blanks and commas",
                message);
    }

    @Test
    void everyPrintableCharacterMayStandInANonce() {
        StringBuilder nonce = new StringBuilder(SERVER_NONCE);
        for (char c = '!'; c <= '~'; c++) {
            nonce.append(c == ',' ? "" : c);
        }
        String first = SERVER_FIRST.replace(SERVER_NONCE, nonce);

        assertTrue(text(started().clientFinal(utf8(first))).startsWith("c=biws,r=" + nonce + ",p="));
    }

    /** libpq reads its messages as C strings, and would compare only what stands before it. */
    @Test
    void aZeroByteIsRefusedWhereverItStands() {
        for (int at = 0; at <= SERVER_FIRST.length(); at++) {
            Scram scram = started();
            byte[] first = utf8(SERVER_FIRST.substring(0, at) + '\0' + SERVER_FIRST.substring(at));
            String message = fails(() -> scram.clientFinal(first));
            assertEquals(
                    "a SCRAM message from the server with a zero byte at index " + at + ", expected none", message);
        }
        for (int at = 0; at <= SERVER_FINAL.length(); at++) {
            Scram scram = started();
            scram.clientFinal(utf8(SERVER_FIRST.replace("4096", "1")));
            byte[] last = utf8(SERVER_FINAL.substring(0, at) + '\0' + SERVER_FINAL.substring(at));
            String message = fails(() -> scram.verify(last));
            assertTrue(message.contains("zero byte at index " + at), message);
            assertFalse(scram.isComplete());
        }
    }

    @Test
    void moreIterationsThanAllowedAreRefusedBeforeTheyAreDone() {
        for (int iterations : new int[] {100_001, Integer.MAX_VALUE}) {
            Scram scram = started();
            byte[] first = utf8(SERVER_FIRST.replace("4096", "" + iterations));
            String message = assertTimeout(Duration.ofSeconds(1), () -> fails(() -> scram.clientFinal(first)));
            assertEquals("the server asks for " + iterations + " SCRAM iterations, expected 1 to 100000", message);
        }
    }

    @Test
    void oneIterationIsEnough() {
        Scram scram = started();

        assertTrue(
                text(scram.clientFinal(utf8(SERVER_FIRST.replace("4096", "1")))).startsWith("c=biws,r="));
    }

    @Test
    void anOversizedServerMessageIsRefusedUnread() {
        byte[] huge = new byte[64 * 1024];
        Scram scram = started();

        fails(() -> scram.clientFinal(huge));
        scram.clientFinal(utf8(SERVER_FIRST));
        fails(() -> scram.verify(huge));
    }

    @Test
    void textOfTheServerIsShownShortAndWithoutControlCharacters() {
        String escape = "\u001b[2J\n\u202e" + "x".repeat(1_500);
        isShowable(fails(() -> started().clientFinal(utf8("e=" + escape))));
        isShowable(fails(() -> started().clientFinal(utf8("r=" + NONCE + "y,s=" + escape + ",i=1"))));
        Scram scram = started();
        scram.clientFinal(utf8(SERVER_FIRST));
        isShowable(fails(() -> scram.verify(utf8("e=" + escape))));
        isShowable(fails(() -> Scram.client(List.of(escape, "SCRAM-MD5"), "pencil".toCharArray(), 1)));
    }

    private static void isShowable(String message) {
        assertTrue(message.length() < 300, message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    @Test
    void stepsOutOfOrderFail() {
        fails(() -> example().clientFinal(utf8(SERVER_FIRST)));
        fails(() -> example().verify(utf8(SERVER_FINAL)));
        fails(() -> started().verify(utf8(SERVER_FINAL)));
    }

    @Test
    void aServerThatOffersNothingKnownIsRefused() {
        assertEquals(
                "the server offers the SASL mechanisms [OAUTHBEARER], expected SCRAM-SHA-256",
                fails(() -> Scram.client(List.of("OAUTHBEARER"), "pencil".toCharArray(), 100_000)));
        fails(() -> Scram.client(List.of(), "pencil".toCharArray(), 100_000));
        fails(() -> Scram.client(List.of("SCRAM-SHA-256-PLUS"), "pencil".toCharArray(), 100_000));
    }

    @Test
    void aChannelIsBoundToWhereTheServerOffersIt() {
        byte[] endPoint = {1, 2, 3};
        Scram bound = Scram.client(OFFERED, "pencil".toCharArray(), 100_000, endPoint);
        assertEquals("SCRAM-SHA-256-PLUS", bound.mechanism());
        assertTrue(bound.isBound());
        assertTrue(text(bound.clientFirst()).startsWith("p=tls-server-end-point,,n=*,r="));

        Scram only = Scram.client(List.of("SCRAM-SHA-256-PLUS"), "pencil".toCharArray(), 100_000, endPoint);
        assertTrue(only.isBound());

        Scram could = Scram.client(List.of("SCRAM-SHA-256"), "pencil".toCharArray(), 100_000, endPoint);
        assertEquals("SCRAM-SHA-256", could.mechanism());
        assertFalse(could.isBound());
        assertTrue(text(could.clientFirst()).startsWith("y,,n=*,r="));

        Scram nothing = Scram.client(OFFERED, "pencil".toCharArray(), 100_000, new byte[0]);
        assertFalse(nothing.isBound());
        assertTrue(text(nothing.clientFirst()).startsWith("n,,n=*,r="));
    }

    @Test
    void itIsCompleteOnlyWhenTheServerHasProvenItself() {
        Scram scram = started();
        assertFalse(scram.isComplete());
        scram.clientFinal(utf8(SERVER_FIRST));
        assertFalse(scram.isComplete());
        scram.verify(utf8(SERVER_FINAL));
        assertTrue(scram.isComplete());
    }

    @Test
    void anEmptyPasswordIsRefusedInPlainWords() {
        assertEquals("the server asks for a password, but it is empty", fails(() -> client("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zażółć", "😀", "a\u00adb", "\u0007bell", "\u0627\u0031", " ", "\u00ad", "\u200b\ufeff"})
    void aPasswordThatCannotBePreparedIsTakenAsItIs(String password) {
        Scram scram = client(password);
        String nonce = text(scram.clientFirst()).substring("n,,n=*,r=".length());

        assertDoesNotThrow(() -> scram.clientFinal(utf8("r=" + nonce + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1")));
    }

    /** The proof is one that was made without this library, of the bytes of U+00AD. */
    @Test
    void aPasswordOfWhichNothingIsLeftIsTakenAsItIs() {
        Scram scram = Scram.client(OFFERED, "user", "\u00ad".toCharArray(), 100_000, null, () -> NONCE);
        scram.clientFirst();
        assertEquals(
                "c=biws,r=" + SERVER_NONCE + ",p=+K8hBY1FFtBv6znZfdZIRVGkhQL22PizWfoLa92f50c=",
                text(scram.clientFinal(utf8(SERVER_FIRST))));
    }

    @Test
    void aLongPasswordOfWhichNothingIsLeftIsNotBlamedOnTheServer() {
        assertEquals(
                "the password has characters that PostgreSQL takes as they are, and more than 63 bytes; expected a shorter"
                        + " one, or letters that SASLprep knows",
                fails(() -> client("\u00ad".repeat(32))));
        assertDoesNotThrow(() -> client("\u00ad".repeat(31)));
    }

    private static Scram client(String password) {
        return Scram.client(OFFERED, password.toCharArray(), 100_000);
    }

    private static Scram example() {
        return Scram.client(OFFERED, "user", "pencil".toCharArray(), 100_000, null, () -> NONCE);
    }

    private static Scram started() {
        Scram scram = example();
        scram.clientFirst();
        return scram;
    }

    private static String fails(Runnable step) {
        String message = assertThrows(AuthenticationFailure.class, step::run).getMessage();
        assertFalse(message.contains("pencil"), message);
        return message;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
