package dev.pgwire.bench.script;

import java.util.function.Consumer;

/** What expressions of a client see: its variables, its random numbers, and where {@code debug()} prints. */
public record Scope(Variables variables, RandomSource random, Consumer<String> debug) {}
