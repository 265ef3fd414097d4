package dev.pgwire.benchmarks.compare.work;

import com.google.gson.Gson;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.server.Encryption;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The process of one contestant. The first line that it reads is its {@link Assignment}, which it answers with the process
 * id of its server process; each further line is the number of a round, which it answers with what it read off. A line of
 * JSON answers each line. It ends with its input.
 */
public final class Worker {
    private Worker() {}

    /** Takes no arguments: what it is told has a password in it. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // Whatever a driver prints must not stand between the answers.
        System.setOut(System.err);
        Gson gson = new Gson();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Assignment assignment = gson.fromJson(lines.readLine(), Assignment.class);
        RoundWork work = Works.named(assignment.work());
        Contestant contestant = assignment.entrant().connect(assignment.address());
        check(assignment, contestant.backend());
        answers.println(gson.toJson(Map.of(Assignment.BACKEND, contestant.backend())));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(gson.toJson(work.round(contestant, assignment, Integer.parseInt(line))));
        }
        // Some drivers keep threads of their own.
        System.exit(0);
    }

    /** What was to be encrypted is, with the same cipher as that of the others; and nothing else is. */
    private static void check(Assignment assignment, int backend) {
        String encryption = Encryption.of(assignment.address(), backend);
        if (!encryption.equals(assignment.encryption())) {
            throw new IllegalStateException(assignment.entrant().label() + " is encrypted by " + encryption
                    + ", expected " + assignment.encryption());
        }
    }
}
