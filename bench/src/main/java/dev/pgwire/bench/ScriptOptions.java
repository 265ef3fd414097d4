package dev.pgwire.bench;

import dev.pgwire.bench.run.Partitions;
import dev.pgwire.bench.run.Workload;
import dev.pgwire.bench.script.Builtin;
import dev.pgwire.bench.script.Command;
import dev.pgwire.bench.script.Names;
import dev.pgwire.bench.script.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is run. */
final class ScriptOptions {
    @ArgGroup(exclusive = true, multiplicity = "0..*")
    private List<Choice> choices = new ArrayList<>();

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description = "set a variable")
    private Map<String, String> defined = new LinkedHashMap<>();

    @Option(
            names = {"-s", "--scale"},
            paramLabel = "NUMBER",
            description = "the scale of the tables: with -i what it is to be, 1 without it")
    private @Nullable Integer scale;

    @Option(
            names = "--random-seed",
            paramLabel = "SEED",
            description = "a number, \"time\" or \"rand\"; time without it, and without PGBENCH_RANDOM_SEED")
    private @Nullable String seed;

    @Option(names = "--show-script", paramLabel = "NAME", description = "print a built-in script, and run nothing")
    private @Nullable String shown;

    /** One of the scripts, in the order in which they were given. */
    static final class Choice {
        @Option(
                names = {"-b", "--builtin"},
                paramLabel = "NAME[@WEIGHT]",
                required = true,
                description = "run a built-in script: tpcb-like, simple-update or select-only; list prints them")
        private @Nullable String builtin;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE[@WEIGHT]",
                required = true,
                description = "run a script of a file; - is standard input")
        private @Nullable String file;

        @Option(
                names = {"-N", "--skip-some-updates"},
                required = true,
                description = "as -b simple-update")
        private boolean updates;

        @Option(
                names = {"-S", "--select-only"},
                required = true,
                description = "as -b select-only")
        private boolean selects;

        private @Nullable String builtin() {
            return updates ? Builtin.SIMPLE_UPDATE.title() : selects ? Builtin.SELECT_ONLY.title() : builtin;
        }
    }

    /** A name, and how much it weighs. */
    private record Weighed(String name, int weight) {
        static Weighed of(String text) {
            int at = text.lastIndexOf('@');
            if (at < 0) {
                return new Weighed(text, 1);
            }
            try {
                int weight = Integer.parseInt(text.substring(at + 1));
                if (weight >= 0 && at > 0) {
                    return new Weighed(text.substring(0, at), weight);
                }
            } catch (NumberFormatException none) {
                // Refused below.
            }
            throw new UsageException("\"" + text + "\" has no weight behind its last @, expected an integer from 0 on");
        }
    }

    /** The scale that is given; null if none is. */
    @Nullable
    Integer scale() {
        return scale;
    }

    /** What is to be printed instead of run; null if nothing is. */
    @Nullable
    String listing() {
        if (shown != null) {
            Builtin script = Builtin.of(shown);
            return "-- " + script.title() + ": " + script.description() + "\n" + script.source();
        }
        for (Choice choice : choices) {
            if ("list".equals(choice.builtin)) {
                StringBuilder list = new StringBuilder("Available builtin scripts:\n");
                for (Builtin script : Builtin.values()) {
                    list.append(String.format("  %13s: %s%n", script.title(), script.description()));
                }
                return list.toString();
            }
        }
        return null;
    }

    /** Whether a script needs the four tables. */
    boolean needsTables() {
        return choices.isEmpty() || choices.stream().anyMatch(choice -> choice.builtin() != null);
    }

    /** Reads the scripts. */
    List<Script> scripts(Names names, InputStream standardInput) throws IOException {
        List<Script> scripts = new ArrayList<>();
        for (Choice choice : choices) {
            String builtin = choice.builtin();
            if (builtin != null) {
                Weighed weighed = Weighed.of(builtin);
                scripts.add(script(Builtin.of(weighed.name()), weighed.weight(), names));
            } else if (choice.file != null) {
                Weighed weighed = Weighed.of(choice.file);
                String text = new String(
                        weighed.name().equals("-")
                                ? standardInput.readAllBytes()
                                : Files.readAllBytes(Path.of(weighed.name())),
                        StandardCharsets.UTF_8);
                scripts.add(Script.parse(weighed.name(), weighed.weight(), text, names));
            }
        }
        if (scripts.isEmpty()) {
            scripts.add(script(Builtin.TPCB_LIKE, 1, names));
        }
        for (Script script : scripts) {
            if (script.commands().isEmpty()) {
                throw new UsageException(script.name() + " has no commands, expected one or more");
            }
        }
        if (scripts.stream().allMatch(script -> script.weight() == 0)) {
            throw new UsageException("no script weighs anything, expected a weight of at least 1 of one of them");
        }
        return scripts;
    }

    private static Script script(Builtin builtin, int weight, Names names) {
        return Script.parse(builtin.description(), weight, builtin.source(), names);
    }

    /** Whether several transactions of the scripts may be on their way on one connection: each has one statement. */
    static void requireSingleStatements(List<Script> scripts) {
        for (Script script : scripts) {
            long statements = script.commands().stream()
                    .filter(command -> command instanceof Command.Sql || command instanceof Command.StartPipeline)
                    .count();
            if (statements != 1) {
                throw new UsageException("--pipeline and --lanes are given, and " + script.name() + " has " + statements
                        + " statements, expected one: transactions that share a connection must not be of several");
            }
        }
    }

    Map<String, String> defined() {
        return defined;
    }

    Workload workload(List<Script> scripts, Names names, int tables, @Nullable Partitions partitions) {
        return new Workload(scripts, names, defined, tables, partitions, seed());
    }

    /** The seed that is given; null if none is. */
    @Nullable
    String givenSeed() {
        return seed != null ? seed : System.getenv("PGBENCH_RANDOM_SEED");
    }

    private long seed() {
        String given = givenSeed();
        if (given == null || given.equals("time")) {
            return System.currentTimeMillis() * 1000 + System.nanoTime() % 1000;
        }
        if (given.equals("rand")) {
            return new SecureRandom().nextLong();
        }
        try {
            return Long.parseUnsignedLong(given);
        } catch (NumberFormatException none) {
            throw new UsageException("the seed is \"" + given + "\", expected an unsigned integer, time or rand");
        }
    }
}
