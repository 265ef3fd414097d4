package dev.pgwire.console.terminal;

import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.terminal.CatalogNames.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;

/** What can follow a backslash: commands, then what each of them takes. */
final class CommandCompletion {
    private static final Set<String> WITH_FILE = Set.of(
            "i",
            "include",
            "ir",
            "include_relative",
            "o",
            "out",
            "w",
            "write",
            "e",
            "edit",
            "g",
            "gx",
            "s",
            "lo_import");

    private final Shell shell;
    private final CatalogNames names;

    CommandCompletion(Shell shell, CatalogNames names) {
        this.shell = shell;
        this.names = names;
    }

    void complete(String before, String word, List<Candidate> candidates) {
        if (before.isBlank()) {
            shell.commands().names().stream()
                    .map(name -> "\\" + name)
                    .filter(name -> name.startsWith(word))
                    .forEach(name -> candidates.add(Completion.candidate(name)));
            return;
        }
        String[] words = before.strip().substring(1).split("\\s+");
        String name = words[0];
        List<String> fixed = shell.commands().words(name);
        if (!fixed.isEmpty()) {
            fixed(fixed, before.strip().substring(name.length() + 1).stripLeading(), word, candidates);
        } else if (name.equals("set") || name.equals("unset")) {
            shell.variables().all().keySet().stream()
                    .filter(each -> words.length == 1 && startsWith(each, word))
                    .forEach(each -> candidates.add(Completion.candidate(each)));
        } else if (WITH_FILE.contains(name)) {
            files(word, false, candidates);
        } else if (name.equals("cd")) {
            files(word, true, candidates);
        } else if (name.equals("copy")) {
            copy(words, word, candidates);
        } else if (words.length == 1) {
            names.find(kinds(name), word, List.of()).forEach(found -> candidates.add(found.pattern()));
        }
    }

    /** Some of them are several words. */
    private static void fixed(List<String> texts, String before, String word, List<Candidate> candidates) {
        String begin = before.isEmpty() ? "" : before + " ";
        texts.stream()
                .filter(text -> startsWith(text, begin + word))
                .forEach(text -> candidates.add(Completion.candidate(text.substring(begin.length()))));
    }

    private static boolean startsWith(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    private void copy(String[] words, String word, List<Candidate> candidates) {
        String last = words[words.length - 1];
        if (words.length == 1) {
            names.find(EnumSet.of(Kind.RELATION, Kind.SCHEMA), word, List.of())
                    .forEach(found -> candidates.add(found.pattern()));
        } else if (last.equalsIgnoreCase("from") || last.equalsIgnoreCase("to")) {
            files(word, false, candidates);
        } else if (words.length == 2) {
            List.of("FROM", "TO").forEach(each -> candidates.add(Completion.candidate(each)));
        }
    }

    /** What a command asks the catalogs for. */
    static Set<Kind> kinds(String name) {
        return switch (name.replaceAll("[+S]+$", "")) {
            case "d", "dt", "dv", "dm", "di", "ds", "dE", "dp", "z", "dd", "dP", "dPi", "dPt", "sv", "ev", "det" ->
                EnumSet.of(Kind.RELATION, Kind.SCHEMA);
            case "df", "da", "sf", "ef" -> EnumSet.of(Kind.FUNCTION, Kind.SCHEMA);
            case "dT", "dD" -> EnumSet.of(Kind.TYPE, Kind.SCHEMA);
            case "dn" -> EnumSet.of(Kind.SCHEMA_ALONE);
            case "du", "dg", "password" -> EnumSet.of(Kind.ROLE);
            case "c", "connect", "l", "list" -> EnumSet.of(Kind.DATABASE);
            case "dconfig" -> EnumSet.of(Kind.SETTING);
            default -> EnumSet.noneOf(Kind.class);
        };
    }

    private void files(String word, boolean onlyDirectories, List<Candidate> candidates) {
        String begin = word.substring(0, word.lastIndexOf('/') + 1);
        Path directory = shell.programs().path(begin.isEmpty() ? "." : begin);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = begin + file.getFileName();
                boolean isDirectory = Files.isDirectory(file);
                boolean isHidden = file.getFileName().toString().startsWith(".") && word.equals(begin);
                if (name.startsWith(word) && !isHidden && (isDirectory || !onlyDirectories) && !name.contains(" ")) {
                    candidates.add(isDirectory ? Completion.beginning(name + "/") : Completion.candidate(name));
                }
            }
        } catch (IOException e) {
            // A directory that cannot be read offers nothing.
            return;
        }
    }
}
