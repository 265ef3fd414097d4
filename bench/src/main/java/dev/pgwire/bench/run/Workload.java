package dev.pgwire.bench.run;

import dev.pgwire.bench.script.Names;
import dev.pgwire.bench.script.Script;
import dev.pgwire.bench.script.Variables;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is run.
 *
 * @param scripts at least one of them weighs something
 * @param names those of all variables in them
 * @param defined variables that are set by the command line
 * @param scale the scale of the tables
 * @param partitions of the table of accounts; null for none
 * @param seed what the random numbers begin with
 */
public record Workload(
        List<Script> scripts,
        Names names,
        Map<String, String> defined,
        int scale,
        @Nullable Partitions partitions,
        long seed) {
    int weight() {
        return scripts.stream().mapToInt(Script::weight).sum();
    }

    /** The variables of a client when it begins. */
    Variables variables(int client, long defaultSeed) {
        Variables variables = new Variables(names);
        preset(variables, "scale", scale);
        preset(variables, "client_id", client);
        preset(variables, "default_seed", defaultSeed);
        preset(variables, "random_seed", seed);
        defined.forEach(variables::set);
        return variables;
    }

    private void preset(Variables variables, String name, long value) {
        @Nullable String given = defined.get(name);
        if (given == null) {
            variables.set(name, value);
        }
    }
}
