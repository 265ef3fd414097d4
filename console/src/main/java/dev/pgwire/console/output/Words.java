package dev.pgwire.console.output;

import java.util.Locale;

/** The words of {@code \pset} for what an enum's constants mean. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
