package dev.pgwire.config;

/**
 * Is told how connecting goes, step by step. Set by {@link Config.Builder#observer}; for programs that explain a connection, or
 * measure what it costs.
 */
@FunctionalInterface
public interface ConnectObserver {
    /**
     * Takes notice of a step that is over. Called on the thread that connects, which goes on when this returns: what takes long
     * here counts towards {@code connect_timeout}. A {@link RuntimeException} is logged and changes nothing.
     */
    void onStep(ConnectStep step);
}
