package dev.pgwire.internal.tls.trust;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.internal.tls.TestCertificate;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "db.example,          db.example,     true",
        "DB.Example,          db.eXAMPLE,     true",
        "db.example,          db.example.org, false",
        "db.example.,         db.example,     false",
        "*.example,           db.example,     true",
        "*.EXAMPLE,           db.example,     true",
        "*.example,           example,        false",
        "*.example,           .example,       false",
        "*.example,           a.b.example,    false",
        "*.example,           db.example.org, false",
        "*.b.example,         a.b.example,    true",
        "*b.example,          ab.example,     false",
        "a*.example,          ab.example,     false",
        "a.*.example,         a.b.example,    false",
        "*.*.example,         a.b.example,    false",
        "**.example,          db.example,     false",
        "*,                   db,             false",
        "*,                   db.example,     false",
        "*.,                  db.,            false",
        "*.e,                 d.e,            true",
        "*.example,           *.example,      true",
        "db.ex\u0131mple,     db.eximple,     false",
        "\u212a.example,      k.example,      false",
    })
    void aNameMatchesAsLibpqHasIt(String pattern, String host, boolean matches) {
        assertEquals(matches, HostName.matches(pattern, host));
    }

    @Test
    void theCommonNameCountsWhereThereIsNoNameOfTheHostsKind() {
        accepts(TestCertificate.named("db.example"), "db.example");
        accepts(TestCertificate.named("*.example"), "db.example");
        accepts(TestCertificate.named("db.example").mail("ada@db.example"), "db.example");
        accepts(TestCertificate.named("db.example").ip(10, 0, 0, 1), "db.example");
        accepts(TestCertificate.named("10.0.0.1"), "10.0.0.1");
        accepts(TestCertificate.named("10.0.0.1").dns("db.example"), "10.0.0.1");
        refuses(
                "is for \"other.example\", expected one for the host \"db.example\"",
                TestCertificate.named("db.example").dns("other.example"),
                "db.example");
        refuses(
                "is for \"other.example\" and 1 more, expected",
                TestCertificate.named("db.example").dns("other.example").dns("a.example"),
                "db.example");
        refuses("is for \"an IP address\"", TestCertificate.named("10.0.0.1").ip(10, 0, 0, 2), "10.0.0.1");
        TestCertificate issuer = TestCertificate.authority("root");
        TestCertificate nameless =
                TestCertificate.named("").mail("ada@db.example").by(issuer);
        CertificateException refusal =
                assertThrows(CertificateException.class, () -> HostName.check(nameless.certificate(), "db.example"));
        assertEquals(
                "the server's certificate is for no host, expected one for the host \"db.example\"",
                refusal.getMessage());
    }

    @Test
    void anAddressMatchesItsBytesOrTheTextOfAName() {
        accepts(TestCertificate.named("x").ip(10, 0, 0, 1), "10.0.0.1");
        accepts(TestCertificate.named("x").dns("10.0.0.1"), "10.0.0.1");
        accepts(TestCertificate.named("x").dns("db.example").ip(10, 0, 0, 1), "10.0.0.1");
        accepts(TestCertificate.named("x").ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "2001:DB8::1");
        refuses("an IP address", TestCertificate.named("x").ip(10, 0, 0, 1), "10.0.0.2");
        refuses("an IP address", TestCertificate.named("x").ip('d', 'b', '.', 'e'), "db.e");
        refuses("\"*.0.0.1\"", TestCertificate.named("10.0.0.1").dns("*.0.0.1").ip(1, 1, 1, 1), "20.0.0.2");
    }

    @Test
    void aNulInsideANameIsRefusedWhereverItStands() {
        String nul = "db.example\0.evil";
        refuses("contains NUL", TestCertificate.named(nul), "db.example");
        refuses("contains NUL", TestCertificate.named("db.example").dns(nul), "db.example");
        refuses("contains NUL", TestCertificate.named("x").dns(nul).dns("db.example"), "db.example");
    }

    /** Its author wants to be read in a terminal or a log. */
    @Test
    void aNameThatIsNotForTheHostIsShownWithoutWhatATerminalObeys() {
        refuses(
                "is for \"a??[31mFATAL?x\", expected one",
                TestCertificate.named("x").dns("a\n\u001b[31mFATAL\rx"),
                "db.example");
        refuses(
                "is for \"" + "n".repeat(200) + "...\", expected",
                TestCertificate.named("n".repeat(5000)),
                "db.example");
    }

    @Test
    void aNameIsComparedToItsEnd() {
        String host = "a-name-of-more-than-32-characters.example";
        accepts(TestCertificate.named(host), host);
        refuses("expected one for the host", TestCertificate.named(host + ".evil"), host);
        refuses("expected one for the host", TestCertificate.named(host.substring(0, 32)), host);
    }

    /** The JDK says of such a certificate that it has no subjectAltName; its common name must not count for that. */
    @Test
    void anAddressOfAnImpossibleLengthIsRefused() {
        refuses(
                "has 3 bytes, expected 4 or 16",
                TestCertificate.named("db.example").ip(10, 0, 1),
                "db.example");
    }

    @Test
    void aNameBeyondAsciiIsComparedByItsBytes() {
        accepts(TestCertificate.named("b\u00fccher.example"), "b\u00fccher.example");
        refuses("expected one for the host", TestCertificate.named("b\u00dccher.example"), "b\u00fccher.example");
    }

    @Test
    void anAddressOfIpv4InOneOfIpv6IsOneOfIpv6() {
        refuses("an IP address", TestCertificate.named("x").ip(1, 2, 3, 4), "::ffff:1.2.3.4");
        accepts(TestCertificate.named("x").ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4), "::ffff:1.2.3.4");
    }

    private static void accepts(TestCertificate.Maker maker, String host) {
        assertDoesNotThrow(() -> HostName.check(maker.selfSigned().certificate(), host));
    }

    private static void refuses(String message, TestCertificate.Maker maker, String host) {
        CertificateException refusal = assertThrows(
                CertificateException.class,
                () -> HostName.check(maker.selfSigned().certificate(), host));
        assertEquals(true, String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
}
