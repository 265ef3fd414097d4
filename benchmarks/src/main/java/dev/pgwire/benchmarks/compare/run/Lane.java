package dev.pgwire.benchmarks.compare.run;

import java.io.IOException;
import java.util.Map;

/** One of those that take turns: a process that does one round when it is told to. */
public interface Lane extends AutoCloseable {
    /** The contestant's name in every output. */
    String name();

    /**
     * Does a round.
     *
     * @return what was read off, by name
     */
    Map<String, Double> round(int number) throws IOException, InterruptedException;

    @Override
    void close();
}
