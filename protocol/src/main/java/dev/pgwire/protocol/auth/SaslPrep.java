package dev.pgwire.protocol.auth;

import com.ongres.stringprep.Tables;
import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * How PostgreSQL prepares a password for SCRAM (RFC 4013, with its own order): it maps, looks whether what it has mapped is
 * allowed, and normalizes. RFC 3454 looks at what was normalized, where U+0340 is U+0300 already. What cannot be prepared, or
 * leaves nothing, is taken as it is.
 */
final class SaslPrep {
    private SaslPrep() {}

    /** The password as the server has hashed it. */
    static String prepared(String password) {
        String mapped = mapped(password);
        boolean allowed =
                !mapped.isEmpty() && mapped.codePoints().noneMatch(SaslPrep::isProhibited) && isOfOneDirection(mapped);
        return allowed ? Normalizer.normalize(mapped, Normalizer.Form.NFKC) : password;
    }

    /** A space of zero width stands in both tables, and is a space. */
    private static String mapped(String password) {
        StringBuilder mapped = new StringBuilder(password.length());
        password.codePoints().forEach(c -> {
            if (Tables.prohibitionNonAsciiSpace(c)) {
                mapped.append(' ');
            } else if (!Tables.mapToNothing(c)) {
                mapped.appendCodePoint(c);
            }
        });
        return mapped.toString();
    }

    private static boolean isProhibited(int c) {
        return Tables.prohibitionNonAsciiSpace(c)
                || Tables.prohibitionAsciiControl(c)
                || Tables.prohibitionNonAsciiControl(c)
                || Tables.prohibitionPrivateUse(c)
                || Tables.prohibitionNonCharacterCodePoints(c)
                || Tables.prohibitionSurrogateCodes(c)
                || Tables.prohibitionInappropriatePlainText(c)
                || Tables.prohibitionInappropriateCanonicalRepresentation(c)
                || Tables.prohibitionChangeDisplayProperties(c)
                || Tables.prohibitionTaggingCharacters(c)
                || Tables.unassignedCodePoints(c);
    }

    /** RFC 3454, 6: what is written from right to left begins and ends so, and has nothing of the other direction in it. */
    private static boolean isOfOneDirection(String text) {
        IntPredicate rightToLeft = Tables::bidirectionalPropertyRorAL;
        if (text.codePoints().noneMatch(rightToLeft)) {
            return true;
        }
        return text.codePoints().noneMatch(Tables::bidirectionalPropertyL)
                && rightToLeft.test(text.codePointAt(0))
                && rightToLeft.test(text.codePointBefore(text.length()));
    }
}
