package dev.pgwire.internal.result;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** First in, first out, and nearly always one at most: only a second element makes it take memory for more. */
final class ShortQueue<E> {
    private @Nullable E first;
    private @Nullable ArrayDeque<E> others;

    void add(E element) {
        if (first == null) {
            first = element;
            return;
        }
        ArrayDeque<E> behind = others;
        if (behind == null) {
            behind = new ArrayDeque<>();
            others = behind;
        }
        behind.add(element);
    }

    /** The first one; null if there is none. */
    @Nullable
    E peek() {
        return first;
    }

    /** Removes the first one, if there is one. */
    void remove() {
        ArrayDeque<E> behind = others;
        first = behind == null ? null : behind.poll();
    }

    int size() {
        return first == null ? 0 : others == null ? 1 : 1 + others.size();
    }

    /** Whether there is more than one. */
    boolean hasOthers() {
        return others != null && !others.isEmpty();
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Those behind the first one, in order. */
    Iterable<E> others() {
        return others == null ? List.of() : others;
    }
}
