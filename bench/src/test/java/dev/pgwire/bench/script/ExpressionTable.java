package dev.pgwire.bench.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Expressions, and what pgbench 15 prints of them with {@link #SEED}. */
final class ExpressionTable {
    static final long SEED = 42;
    /** What is given on the command line. */
    static final List<String> DEFINED = List.of("y=2.5", "flag=yes", "nothing=null");

    record Entry(String expression, String printed) {}

    private ExpressionTable() {}

    static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines("expressions.txt")) {
            if (!line.startsWith("#")) {
                int arrow = line.lastIndexOf(" => ");
                entries.add(new Entry(line.substring(0, arrow), line.substring(arrow + 4)));
            }
        }
        return entries;
    }

    /** A script that prints each of them. */
    static String script() {
        StringBuilder script = new StringBuilder("\\set x 7\n\\set big 12345678901234\n");
        entries().forEach(entry -> script.append("\\set v debug(")
                .append(entry.expression())
                .append(")\n"));
        return script.append("SELECT 1;\n").toString();
    }

    /** What this language makes of the script: what is printed of each expression. */
    static List<String> printed(long seed) {
        Names names = new Names();
        Script script = Script.parse("table", 1, script(), names);
        RandomSource base = new RandomSource(seed);
        List<String> printed = new ArrayList<>();
        Variables variables = new Variables(names);
        for (String defined : DEFINED) {
            String[] parts = defined.split("=", 2);
            variables.set(parts[0], parts[1]);
        }
        Scope scope = new Scope(variables, base.split(), printed::add);
        variables.set("scale", 1);
        variables.set("client_id", 0);
        variables.set("default_seed", base.nextLong());
        variables.set("random_seed", seed);
        List<String> last = new ArrayList<>();
        for (Command command : script.commands()) {
            if (command instanceof Command.Set set) {
                printed.clear();
                set.run(scope);
                if (!printed.isEmpty()) {
                    last.add(printed.get(printed.size() - 1));
                }
            }
        }
        return last;
    }

    /** Lines of commands that cannot be read, each followed by a line with a caret where pgbench has it. */
    static List<String> errors() {
        return lines("errors.txt");
    }

    private static List<String> lines(String resource) {
        try (InputStream in = ExpressionTable.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
