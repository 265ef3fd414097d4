package dev.pgwire.console.doctor;

import dev.pgwire.console.output.Visible;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** The certificate of a server in a few words. */
final class CertificateText {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int MOST_NAMES = 5;

    private CertificateText() {}

    static String of(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal()) + ", issued by " + issuer(certificate) + ", valid until "
                + date(certificate.getNotAfter()) + ", names " + names(certificate);
    }

    static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
                ? "itself"
                : name(certificate.getIssuerX500Principal());
    }

    static String name(X500Principal principal) {
        String name = Visible.of(principal.getName());
        return name.isEmpty() ? "an empty name" : name;
    }

    /** The day in UTC. */
    static String date(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC).toString();
    }

    /** The hosts that it is for, as subjectAltName lists them. */
    static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> listed = certificate.getSubjectAlternativeNames();
            for (List<?> name : listed == null ? List.<List<?>>of() : listed) {
                boolean isHost = name.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS);
                if (isHost && name.get(1) instanceof String text) {
                    names.add(Visible.of(text));
                }
            }
        } catch (CertificateParsingException malformed) {
            return "that cannot be read";
        }
        if (names.size() > MOST_NAMES) {
            return String.join(" ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
        }
        return names.isEmpty() ? "none" : String.join(" ", names);
    }
}
