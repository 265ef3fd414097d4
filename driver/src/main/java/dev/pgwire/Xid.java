package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a two-phase transaction, as a transaction manager does. Its {@link #toString text} is what the server knows it by:
 * {@code formatId_gtrid_bqual} with the last two in Base64, which psycopg and pgjdbc write and read, too. A text of another form is
 * the {@code gtrid} of a name without the other two.
 *
 * @param formatId from 0 to 2147483647; null if the server has a name of another form
 * @param gtrid the identifier of the global transaction: at most 64 characters of printable ASCII; the server's whole name if
 *     {@code formatId} is null
 * @param bqual the qualifier of the branch, as {@code gtrid}; null if {@code formatId} is
 */
public record Xid(
        @Nullable Integer formatId, String gtrid, @Nullable String bqual) {
    private static final int LONGEST = 64;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})_([^_]*)_([^_]*)");

    /**
     * A name.
     *
     * @throws InterfaceException if a part is not what it should be
     */
    public Xid {
        Objects.requireNonNull(gtrid, "gtrid");
        if ((formatId == null) != (bqual == null)) {
            throw new InterfaceException("an xid has a format id or a bqual alone, expected both or none");
        }
        if (formatId != null && bqual != null) {
            if (formatId < 0) {
                throw new InterfaceException("the format id is " + formatId + ", expected 0 to 2147483647");
            }
            check("gtrid", gtrid);
            check("bqual", bqual);
        }
    }

    /**
     * A name of three parts.
     *
     * @throws InterfaceException if a part is not what it should be
     */
    public static Xid of(int formatId, String gtrid, String bqual) {
        return new Xid(formatId, gtrid, Objects.requireNonNull(bqual, "bqual"));
    }

    /** What the server knows a transaction by. One that has not the form of this class is taken as it is. */
    public static Xid fromString(String name) {
        Matcher parts = FORM.matcher(name);
        if (parts.matches()) {
            try {
                Xid parsed = of(Integer.parseInt(parts.group(1)), decoded(parts.group(2)), decoded(parts.group(3)));
                // Another text of the same parts would be another transaction.
                if (parsed.toString().equals(name)) {
                    return parsed;
                }
            } catch (IllegalArgumentException | InterfaceException another) {
                return new Xid(null, name, null);
            }
        }
        return new Xid(null, name, null);
    }

    private static void check(String part, String text) {
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (text.length() > LONGEST || !printable) {
            throw new InterfaceException("the " + part + (printable ? " has " + text.length() : " has other")
                    + " characters," + " expected at most " + LONGEST + " of printable ASCII");
        }
    }

    private static String encoded(String part) {
        return Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String part) {
        return new String(Base64.getDecoder().decode(part), StandardCharsets.ISO_8859_1);
    }

    /** What the server knows the transaction by. */
    @Override
    public String toString() {
        return formatId == null || bqual == null ? gtrid : formatId + "_" + encoded(gtrid) + "_" + encoded(bqual);
    }
}
