package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Commas;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The list of {@code require_auth}: the methods that a server may use, or with {@code !} before each those that it may not. A
 * slip in it opens the door, so whatever looks like one is refused: a name that is unknown, empty or there twice.
 */
final class AuthPolicy {
    private AuthPolicy() {}

    /** The methods that a server may use: all if nothing is asked for, none if every one is excluded. */
    static Set<AuthMethod> of(Settings settings) {
        String list = settings.text(Keyword.REQUIRE_AUTH);
        if (list == null) {
            return Collections.unmodifiableSet(EnumSet.allOf(AuthMethod.class));
        }
        boolean negated = list.charAt(0) == '!';
        EnumSet<AuthMethod> named = EnumSet.noneOf(AuthMethod.class);
        for (String element : Commas.split(list)) {
            boolean negative = element.startsWith("!");
            AuthMethod method = method(negative ? element.substring(1) : element, settings);
            if (negative != negated) {
                throw new InterfaceException("require_auth method \"" + element + "\" ("
                        + settings.source(Keyword.REQUIRE_AUTH) + ") cannot be mixed with "
                        + (negated ? "negative" : "non-negative") + " methods, expected ! before all or none");
            }
            if (!named.add(method)) {
                throw new InterfaceException("require_auth method \"" + element + "\" ("
                        + settings.source(Keyword.REQUIRE_AUTH) + ") is specified more than once, expected it once");
            }
        }
        return Collections.unmodifiableSet(negated ? EnumSet.complementOf(named) : named);
    }

    private static AuthMethod method(String name, Settings settings) {
        for (AuthMethod method : AuthMethod.values()) {
            if (method.text().equals(name)) {
                return method;
            }
        }
        throw settings.invalid(
                Keyword.REQUIRE_AUTH,
                "a list of " + Choices.listed(AuthMethod.values()) + " with commas and no spaces between them");
    }
}
