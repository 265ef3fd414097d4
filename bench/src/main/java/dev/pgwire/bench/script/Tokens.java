package dev.pgwire.bench.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into tokens. It goes to the end of its line; a backslash before that makes it go on. */
final class Tokens {
    private static final Pattern BLANK = Pattern.compile("(?:[ \\t\\r\\f\\x0B]|\\\\\\r?\\n)+");
    private static final Pattern DECIMAL =
            Pattern.compile("[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\\.[0-9]+(?:[eE][-+]?[0-9]+)?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern SIGN = Pattern.compile("<>|!=|<=|>=|<<|>>|[-+*/%=<>|&#~(),]");

    private final Line line;
    private int at;

    /** The tokens of a line from an offset on. */
    Tokens(Line line, int from) {
        this.line = line;
        this.at = from;
    }

    /** Cuts off the next one. */
    Token next() {
        String source = line.source();
        Matcher blank = matcher(BLANK);
        if (blank.lookingAt()) {
            at = blank.end();
        }
        if (at >= line.end()) {
            return new Token(Token.Kind.END, "", at < source.length() ? at + 1 : at);
        }
        char first = source.charAt(at);
        if (first == ':' && at + 1 < line.end() && Names.isPart(source.charAt(at + 1))) {
            int from = ++at;
            return new Token(Token.Kind.VARIABLE, source.substring(from, word()), at);
        }
        if (Names.isFirst(first)) {
            int from = at;
            return new Token(Token.Kind.WORD, source.substring(from, word()), at);
        }
        Matcher number = matcher(DECIMAL);
        if (number.lookingAt()) {
            boolean isInteger = DIGITS.matcher(number.group()).matches();
            at = number.end();
            return new Token(isInteger ? Token.Kind.INTEGER : Token.Kind.DECIMAL, number.group(), at);
        }
        Matcher sign = matcher(SIGN);
        if (sign.lookingAt()) {
            at = sign.end();
            return new Token(Token.Kind.SIGN, sign.group().equals("!=") ? "<>" : sign.group(), at);
        }
        throw line.error("unexpected character (" + Character.toString(source.codePointAt(at)) + ")", at + 1);
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(line.source()).region(at, line.end());
    }

    private int word() {
        while (at < line.end() && Names.isPart(line.source().charAt(at))) {
            at++;
        }
        return at;
    }
}
