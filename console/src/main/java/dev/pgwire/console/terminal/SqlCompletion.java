package dev.pgwire.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.terminal.CatalogNames.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jline.reader.Candidate;

/** What can stand at a place of a statement: names of the kind that the word before asks for, or columns, functions, keywords. */
final class SqlCompletion {
    private static final List<String> KEYWORDS = keywords();

    private final Shell shell;
    private final CatalogNames names;

    SqlCompletion(Shell shell, CatalogNames names) {
        this.shell = shell;
        this.names = names;
    }

    void complete(String before, String word, String after, List<Candidate> candidates) {
        StatementWords words = StatementWords.of(before);
        if (words.isInText()) {
            return;
        }
        Tables tables = Tables.of(StatementWords.of(before + word + after));
        Set<Kind> kinds = kinds(words);
        int dot = word.lastIndexOf('.');
        if (dot >= 0) {
            String owner = word.substring(0, dot);
            names.findIn(owner, tables.named(owner), word.substring(dot + 1))
                    .forEach(found -> candidates.add(found.candidate()));
            return;
        }
        if (kinds.isEmpty()) {
            kinds = tables.all().isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.of(Kind.COLUMN);
            if (!word.isEmpty()) {
                kinds.add(Kind.FUNCTION);
            }
            keywords(word, candidates);
        }
        names.find(kinds, word, tables.all()).forEach(found -> candidates.add(found.candidate()));
    }

    private void keywords(String word, List<Candidate> candidates) {
        boolean lower = isLower(word);
        for (String keyword : KEYWORDS) {
            if (keyword.regionMatches(true, 0, word, 0, word.length())) {
                candidates.add(Completion.candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword));
            }
        }
    }

    private boolean isLower(String word) {
        String wanted =
                String.valueOf(shell.variables().get("COMP_KEYWORD_CASE")).toLowerCase(Locale.ROOT);
        boolean typedLower = !word.isEmpty() && Character.isLowerCase(word.charAt(0));
        return switch (wanted) {
            case "lower" -> true;
            case "upper" -> false;
            case "preserve-lower" -> word.isEmpty() || typedLower;
            default -> typedLower;
        };
    }

    /** The names that the words before ask for; none where an expression or a keyword may stand. */
    static Set<Kind> kinds(StatementWords words) {
        String first = words.first();
        return switch (words.last(0)) {
            case "from", "to" -> rolesOrRelations(words);
            case "join",
                    "into",
                    "only",
                    "table",
                    "truncate",
                    "analyze",
                    "vacuum",
                    "copy",
                    "lock",
                    "cluster",
                    "view",
                    "sequence",
                    "index" -> EnumSet.of(Kind.RELATION, Kind.SCHEMA);
            case "update" ->
                words.last(1).equals("for") ? EnumSet.noneOf(Kind.class) : EnumSet.of(Kind.RELATION, Kind.SCHEMA);
            case "on" ->
                first.equals("create") || first.equals("grant") || first.equals("revoke")
                        ? EnumSet.of(Kind.RELATION, Kind.SCHEMA)
                        : EnumSet.noneOf(Kind.class);
            case "schema" -> EnumSet.of(Kind.SCHEMA_ALONE);
            case "database" -> EnumSet.of(Kind.DATABASE);
            case "role", "user", "authorization" -> EnumSet.of(Kind.ROLE);
            case "function", "procedure", "routine", "call" -> EnumSet.of(Kind.FUNCTION, Kind.SCHEMA);
            case "type", "domain", "::" -> EnumSet.of(Kind.TYPE, Kind.SCHEMA);
            case "show", "reset" -> EnumSet.of(Kind.SETTING);
            case "set", "session", "local" ->
                first.equals("set") || words.last(1).equals("system")
                        ? EnumSet.of(Kind.SETTING)
                        : EnumSet.noneOf(Kind.class);
            default -> EnumSet.noneOf(Kind.class);
        };
    }

    private static Set<Kind> rolesOrRelations(StatementWords words) {
        boolean isRole = words.last(1).equals("owner")
                || words.first().equals("grant")
                || words.first().equals("revoke");
        if (isRole) {
            return EnumSet.of(Kind.ROLE);
        }
        return words.last(0).equals("from") ? EnumSet.of(Kind.RELATION, Kind.SCHEMA) : EnumSet.noneOf(Kind.class);
    }

    private static List<String> keywords() {
        try (InputStream in = Objects.requireNonNull(SqlCompletion.class.getResourceAsStream("keywords.txt"))) {
            return List.of(new String(in.readAllBytes(), UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word.toUpperCase(Locale.ROOT));
    }
}
