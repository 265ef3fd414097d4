package dev.pgwire.internal.tls.trust;

import dev.pgwire.internal.config.NumericAddress;
import dev.pgwire.protocol.auth.PeerText;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is for a host, by libpq's rules (PostgreSQL manual, 32.19.1): the host is compared with every dNSName
 * and iPAddress; the common name counts only where no entry is of the host's own kind. A star stands for the whole leftmost
 * label.
 */
final class HostName {
    private HostName() {}

    static void check(X509Certificate certificate, String host) throws CertificateException {
        CertificateNames names = CertificateNames.of(certificate);
        byte[] address = NumericAddress.parse(host);
        boolean commonNameCounts = true;
        List<String> others = new ArrayList<>();
        for (CertificateNames.Name name : names.alternatives()) {
            if (name.isAddress() == (address != null)) {
                commonNameCounts = false;
            }
            if (name.isAddress() ? isAddress(name.content(), address) : isName(name.content(), host)) {
                return;
            }
            others.add(name.shown());
        }
        byte[] commonName = names.commonName();
        if (commonNameCounts && commonName != null) {
            if (isName(commonName, host)) {
                return;
            }
            others.add(CertificateNames.text(commonName));
        }
        throw new CertificateException(
                "the server's certificate is for " + shown(others) + ", expected one for the host \"" + host + "\"");
    }

    private static boolean isAddress(byte[] content, byte @Nullable [] address) throws CertificateException {
        if (content.length != 4 && content.length != 16) {
            throw new CertificateException(
                    "an IP address in the server's certificate has " + content.length + " bytes, expected 4 or 16");
        }
        return address != null && Arrays.equals(content, address);
    }

    private static boolean isName(byte[] content, String host) throws CertificateException {
        String name = CertificateNames.text(content);
        if (name.indexOf('\0') >= 0) {
            throw new CertificateException(
                    "a name in the server's certificate contains NUL (U+0000), expected text without it");
        }
        return matches(name, CertificateNames.text(host.getBytes(StandardCharsets.UTF_8)));
    }

    /** Both without regard to the case of ASCII letters. */
    static boolean matches(String pattern, String host) {
        if (equalsInAscii(pattern, 0, host, 0)) {
            return true;
        }
        int dot = host.indexOf('.');
        // With a dot right at its start the host has no label for the star.
        return pattern.length() > 2 && pattern.startsWith("*.") && dot > 0 && equalsInAscii(pattern, 1, host, dot);
    }

    private static boolean equalsInAscii(String pattern, int from, String host, int start) {
        int length = pattern.length() - from;
        if (host.length() - start != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(pattern.charAt(from + i)) != lower(host.charAt(start + i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char at) {
        return at >= 'A' && at <= 'Z' ? (char) (at + 'a' - 'A') : at;
    }

    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "no host";
        }
        String first = "\"" + PeerText.shown(names.get(0)) + "\"";
        return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
    }
}
