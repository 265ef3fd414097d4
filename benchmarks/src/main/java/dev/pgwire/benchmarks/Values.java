package dev.pgwire.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** Where decoded values go: primitives unboxed where a decoder has them so. */
interface Values {
    void take(int value);

    void take(long value);

    void take(double value);

    void take(boolean value);

    void take(@Nullable Object value);

    /** Values that only have to have been made. */
    record Consumed(Blackhole hole) implements Values {
        @Override
        public void take(int value) {
            hole.consume(value);
        }

        @Override
        public void take(long value) {
            hole.consume(value);
        }

        @Override
        public void take(double value) {
            hole.consume(value);
        }

        @Override
        public void take(boolean value) {
            hole.consume(value);
        }

        @Override
        public void take(@Nullable Object value) {
            hole.consume(value);
        }
    }
}
