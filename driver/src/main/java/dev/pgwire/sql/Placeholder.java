package dev.pgwire.sql;

import dev.pgwire.error.InterfaceException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The place of a value that is given when the statement is run: {@code $1}, or {@code :name}. */
public final class Placeholder implements Composable {
    private static final Placeholder NEXT = new Placeholder(0, null);
    private static final int MOST_PARAMETERS = 65_535;

    /** What the driver finds behind a colon. */
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z_\\x{80}-\\x{10FFFF}][a-zA-Z0-9_$\\x{80}-\\x{10FFFF}]*");

    private final int number;
    private final @Nullable String name;

    private Placeholder(int number, @Nullable String name) {
        this.number = number;
        this.name = name;
    }

    /** One that counts itself: {@code $1} for the first of them in the text, {@code $2} for the second, and so on. */
    public static Placeholder next() {
        return NEXT;
    }

    /**
     * {@code $n}.
     *
     * @param number counted from 1
     * @throws InterfaceException if no parameter has this number
     */
    public static Placeholder of(int number) {
        if (number < 1 || number > MOST_PARAMETERS) {
            throw new InterfaceException(
                    "a placeholder has the number " + number + ", expected one from 1 to " + MOST_PARAMETERS);
        }
        return new Placeholder(number, null);
    }

    /**
     * {@code :name}.
     *
     * @throws InterfaceException if it is no name that can stand behind a colon
     */
    public static Placeholder of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InterfaceException(
                    "a placeholder has a name that cannot stand behind a colon, expected letters, digits"
                            + " and _, the first of which is no digit");
        }
        return new Placeholder(0, name);
    }

    /** Its number; 0 if it has a name, or counts itself. */
    int number() {
        return number;
    }

    boolean isNext() {
        return number == 0 && name == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Placeholder placeholder
                && number == placeholder.number
                && Objects.equals(name, placeholder.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, name);
    }

    /** Its text, where it does not depend on those before it. */
    @Override
    public String toString() {
        return name != null ? ":" + name : isNext() ? "$n" : "$" + number;
    }
}
