package dev.pgwire.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.console.shell.CommandTable.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^  \\\\([^\\s\\[]+)");

    @Test
    void whatDecidesWhatRunsNextIsTakenForThat() {
        for (String name :
                List.of("if", "elif", "else", "endif", "gset", "gexec", "c", "copy", "watch", "bind", "cd")) {
            assertEquals(Kind.DECIDES, CommandTable.of(name), name);
        }
    }

    @Test
    void whatOnlyShowsSomethingIsTakenForThat() {
        for (String name : List.of("pset", "C", "df", "dn+", "dconfig", "l+", "sf", "errverbose", "lo_list")) {
            assertEquals(Kind.SHOWS, CommandTable.of(name), name);
        }
    }

    @Test
    void whatPsqlDoesNotKnowIsUnknown() {
        for (String name : List.of("", ".", "N", "foo", "g;", "If")) {
            assertEquals(Kind.UNKNOWN, CommandTable.of(name), name);
        }
    }

    @Test
    void whatTheHelpNamesIsBuilt() {
        TreeSet<String> names = names(Commands.HELP);

        assertTrue(names.size() > 15, names::toString);
        names.forEach(name -> assertEquals(Kind.BUILT, CommandTable.of(name), name));
    }

    @Test
    void everyCommandThatPsqlNamesIsInTheTable() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "psql"))),
                "psql is not installed");
        Process psql = new ProcessBuilder("psql", "--help=commands").start();
        String help = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        TreeSet<String> names = names(help);
        assertTrue(names.size() > 60, help);
        names.forEach(name -> assertNotEquals(Kind.UNKNOWN, CommandTable.of(name), name));
    }

    private static TreeSet<String> names(String help) {
        TreeSet<String> names = new TreeSet<>();
        Matcher matcher = COMMAND.matcher(help.startsWith("\\") ? help.replaceAll("(?m)^\\\\", "  \\\\") : help);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
