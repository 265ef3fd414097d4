package dev.pgwire.bench.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a script into its commands. */
final class ScriptParser {
    private static final Pattern WORD = Pattern.compile("[^ \\t\\r\\f\\x0B\\n]+");
    private static final Pattern BLANK = Pattern.compile("(?:[ \\t\\r\\f\\x0B]|\\\\\\r?\\n)*");
    private static final Pattern IGNORED = Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$))*");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\r?$");
    private static final Pattern TIME = Pattern.compile("([-+]?[0-9]+)(.*)");

    private final String file;
    private final String source;
    private final Names names;
    private final List<Command> commands = new ArrayList<>();

    private record Word(String text, int from, int end) {}

    ScriptParser(String file, String source, Names names) {
        this.file = file;
        this.source = source;
        this.names = names;
    }

    List<Command> commands() {
        int at = 0;
        while (at < source.length()) {
            SqlScanner scanner = new SqlScanner(source, at);
            int end = scanner.scan();
            boolean hasEnd = end < source.length() && source.charAt(end) == ';';
            sql(scanner.sql(), hasEnd);
            at = hasEnd ? end + 1 : end < source.length() ? backslash(end) : end;
        }
        return commands;
    }

    private void sql(String scanned, boolean hasEnd) {
        Matcher ignored = IGNORED.matcher(scanned);
        String text = ignored.lookingAt() ? scanned.substring(ignored.end()) : scanned;
        if (text.isEmpty()) {
            // A semicolon alone is an empty statement, which the server answers.
            if (hasEnd) {
                commands.add(new Command.Sql(";", SqlText.of("", names), Command.Keep.NOTHING, ""));
            }
            return;
        }
        String first = text.lines().findFirst().orElse("");
        boolean isOneLine = first.length() == text.length();
        commands.add(new Command.Sql(
                isOneLine && hasEnd ? first + ";" : first.strip(),
                SqlText.of(text.strip(), names),
                Command.Keep.NOTHING,
                ""));
    }

    /** Reads a command that begins with a backslash; the offset behind it. */
    private int backslash(int start) {
        int end = endOfLine(start);
        List<Word> words = words(start + 1, end);
        if (words.isEmpty()) {
            return Math.min(source.length(), end + 1);
        }
        String name = words.get(0).text();
        Line line = new Line(file, source, start, end, name);
        switch (name.toLowerCase(Locale.ROOT)) {
            case "set" -> commands.add(set(line, words));
            case "if" -> commands.add(condition(line, words, false));
            case "elif" -> commands.add(condition(line, words, true));
            case "sleep" -> commands.add(sleep(line, words));
            case "gset" -> keep(line, words, Command.Keep.LAST);
            case "aset" -> keep(line, words, Command.Keep.ALL);
            case "shell", "setshell" ->
                throw line.error("no programs are run, since the run would measure them too: expected \\set");
            default -> commands.add(bare(line, words, name.toLowerCase(Locale.ROOT)));
        }
        return Math.min(source.length(), end + 1);
    }

    /** A backslash at the end of a line has it go on in the next one. */
    private int endOfLine(int from) {
        int end = from;
        while (true) {
            int found = source.indexOf('\n', end);
            if (found < 0) {
                return source.length();
            }
            if (!CONTINUED.matcher(source.substring(from + 1, found)).find()) {
                return found;
            }
            end = found + 1;
        }
    }

    private List<Word> words(int from, int end) {
        List<Word> words = new ArrayList<>();
        int at = from;
        while (true) {
            Matcher blank = BLANK.matcher(source).region(at, end);
            at = blank.lookingAt() ? blank.end() : at;
            Matcher word = WORD.matcher(source).region(at, end);
            if (!word.lookingAt()) {
                return words;
            }
            String text = word.group();
            boolean isContinued = text.endsWith("\\") && word.end() < end;
            int behind = isContinued ? word.end() - 1 : word.end();
            words.add(new Word(source.substring(at, behind), at, behind));
            at = behind;
        }
    }

    private Command set(Line line, List<Word> words) {
        if (words.size() < 2) {
            throw line.error("missing argument");
        }
        Word name = words.get(1);
        if (!Names.isValid(name.text())) {
            throw line.error("invalid variable name (" + name.text() + ")", name.end());
        }
        Expression expression = ExpressionParser.parse(line, name.end(), names);
        return new Command.Set(line.text(), names.place(name.text()), expression);
    }

    private Command condition(Line line, List<Word> words, boolean continues) {
        Expression expression = ExpressionParser.parse(line, words.get(0).end(), names);
        return new Command.Condition(line.text(), expression, continues);
    }

    private Command sleep(Line line, List<Word> words) {
        if (words.size() < 2) {
            throw line.error("missing argument");
        }
        if (words.size() > 3) {
            throw line.error("too many arguments", words.get(3).from() + 1);
        }
        String time = words.get(1).text();
        String unit = words.size() == 3 ? words.get(2).text() : "s";
        int unitFrom = words.get(words.size() - 1).from();
        int place = -1;
        Long number = 0L;
        if (time.startsWith(":")) {
            place = names.place(time.substring(1));
        } else {
            Matcher split = TIME.matcher(time);
            boolean joined = split.matches() && !split.group(2).isEmpty();
            number = split.matches() && !(joined && words.size() == 3) ? Numbers.integer(split.group(1)) : null;
            if (number == null) {
                throw line.error(
                        "invalid sleep time, must be an integer (" + time + ")",
                        words.get(1).from() + 1);
            }
            unit = joined ? split.group(2) : unit;
            unitFrom += joined ? split.start(2) : 0;
        }
        return new Command.Sleep(line.text(), place, number, unit(line, unit, unitFrom));
    }

    private static long unit(Line line, String unit, int from) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "us" -> 1;
            case "ms" -> 1_000;
            case "s" -> 1_000_000;
            default -> throw line.error("unrecognized time unit, must be us, ms or s (" + unit + ")", from + 1);
        };
    }

    private void keep(Line line, List<Word> words, Command.Keep keep) {
        if (words.size() > 2) {
            throw line.error("too many arguments");
        }
        int last = commands.size() - 1;
        if (last < 0 || !(commands.get(last) instanceof Command.Sql sql) || sql.keep() != Command.Keep.NOTHING) {
            throw line.error("it must follow an SQL command");
        }
        String prefix = words.size() == 2 ? words.get(1).text() : "";
        commands.set(last, new Command.Sql(sql.text(), sql.sql(), keep, prefix));
    }

    private static Command bare(Line line, List<Word> words, String name) {
        Command command =
                switch (name) {
                    case "else" -> new Command.Else(line.text());
                    case "endif" -> new Command.EndIf(line.text());
                    case "startpipeline" -> new Command.StartPipeline(line.text());
                    case "syncpipeline" -> new Command.SyncPipeline(line.text());
                    case "endpipeline" -> new Command.EndPipeline(line.text());
                    default -> throw line.error("invalid command");
                };
        if (words.size() > 1) {
            throw line.error("unexpected argument");
        }
        return command;
    }
}
