package dev.pgwire.console.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetaCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z_!?]+)");
    private static final Set<String> NOT_BUILT = Set.of();

    private final MetaCommands commands = new MetaCommands();

    @Test
    void whatTheHelpNamesIsBuilt() {
        TreeSet<String> names = names(HelpCommands.HELP);

        assertTrue(names.size() > 40, names::toString);
        names.removeAll(NOT_BUILT);
        names.forEach(name -> assertTrue(commands.knows(name), name));
    }

    @Test
    void whatPsqlDoesNotKnowIsUnknown() {
        for (String name : List.of("", ".", "N", "foo", "g;", "If")) {
            assertFalse(commands.knows(name), name);
        }
    }

    @Test
    void everyCommandThatPsqlNamesIsBuilt() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "psql"))),
                "psql is not installed");
        Process psql = new ProcessBuilder("psql", "--help=commands").start();
        String help = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(!help.contains("\\bind"), "psql is newer than 15");
        TreeSet<String> names = new TreeSet<>();
        help.lines().filter(line -> line.startsWith("  \\")).forEach(line -> names.addAll(names(line)));

        assertTrue(names.size() > 60, help);
        names.removeIf(commands::knows);
        assertEquals(new TreeSet<>(NOT_BUILT), names);
    }

    private static TreeSet<String> names(String help) {
        TreeSet<String> names = new TreeSet<>();
        Matcher matcher = COMMAND.matcher(help);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
