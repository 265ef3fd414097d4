package dev.pgwire.console.terminal;

import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * The word that is being entered: a name with its schema, also in double quotes, a variable with its colon, a command with its
 * backslash, or what stands between spaces behind one.
 */
final class WordAtCursor implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        int begin = begin(line.substring(0, cursor));
        return new Word(line.substring(begin, cursor), cursor - begin, line, cursor);
    }

    static int begin(String before) {
        boolean isArgument = isCommand(before);
        int begin = before.length();
        boolean quoted = !isArgument && before.chars().filter(c -> c == '"').count() % 2 == 1;
        while (begin > 0) {
            char c = before.charAt(begin - 1);
            if (c == '"' && !isArgument) {
                quoted = !quoted;
            } else if (!quoted && !(isArgument ? !Character.isWhitespace(c) : isPart(c))) {
                break;
            }
            begin--;
        }
        return withColonOrBackslash(before, begin);
    }

    /** A double colon is the operator of casts. */
    private static int withColonOrBackslash(String before, int begin) {
        char first = begin > 0 ? before.charAt(begin - 1) : ' ';
        char second = begin > 1 ? before.charAt(begin - 2) : ' ';
        boolean isQuotedVariable = second == ':' && first == '\'';
        if (isQuotedVariable) {
            return begin - 2;
        }
        return first == '\\' || first == ':' && second != ':' ? begin - 1 : begin;
    }

    static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.';
    }

    /** Whether the line is a command, as far as its first word says. */
    static boolean isCommand(String line) {
        return line.stripLeading().startsWith("\\");
    }

    private record Word(String word, int wordCursor, String line, int cursor) implements ParsedLine {
        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
