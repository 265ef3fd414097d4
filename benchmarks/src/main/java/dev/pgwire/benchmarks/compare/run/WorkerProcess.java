package dev.pgwire.benchmarks.compare.run;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of a contestant, as the coordinator sees it. */
final class WorkerProcess implements Lane {
    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, Double>> READINGS = new TypeToken<>() {};

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final int backend;

    private WorkerProcess(String name, Process process, Assignment assignment) throws IOException {
        this.name = name;
        this.process = process;
        answers = process.inputReader();
        orders = process.outputWriter();
        backend = ask(GSON.toJson(assignment))
                .getOrDefault(Assignment.BACKEND, 0.0)
                .intValue();
    }

    /** Starts a worker where it is to be, and lets it connect. */
    static WorkerProcess start(Class<?> worker, Assignment assignment, Jvm jvm, Cores cores, Placement placement)
            throws IOException {
        List<String> command = new ArrayList<>(cores.prefix(placement));
        command.addAll(jvm.command(worker, cores.flags(placement)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new WorkerProcess(assignment.entrant().label(), process, assignment);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The process id of the server process behind its connection. */
    int backend() {
        return backend;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Double> round(int number) throws IOException {
        return ask(Integer.toString(number));
    }

    private Map<String, Double> ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the worker of " + name + " ended, what it printed tells why");
        }
        return GSON.fromJson(answer, READINGS);
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
