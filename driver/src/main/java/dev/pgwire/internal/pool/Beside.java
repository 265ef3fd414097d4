package dev.pgwire.internal.pool;

/** Connections that take places of a pool and are not lent. Nothing here waits; any thread may ask. */
public interface Beside {
    /** None. */
    Beside NONE = new Beside() {
        @Override
        public void care(long now) {}

        @Override
        public int open() {
            return 0;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public long statements() {
            return 0;
        }
    };

    /** Closes what is too old, or was idle for too long, and forgets what is lost. */
    void care(long now);

    /** How many are open. */
    int open();

    /** How many statements are on them. */
    int inFlight();

    /** How many statements were given to them since the beginning. */
    long statements();
}
