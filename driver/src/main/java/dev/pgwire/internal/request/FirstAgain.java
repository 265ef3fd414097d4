package dev.pgwire.internal.request;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Sets of values of which the first can be had again, as long as no second was asked for. */
public final class FirstAgain implements Iterator<@Nullable Object[]> {
    private final Iterator<@Nullable Object[]> sets;
    private @Nullable Object @Nullable [] first;
    private int taken;
    private boolean again;

    public FirstAgain(Iterator<@Nullable Object[]> sets) {
        this.sets = sets;
    }

    @Override
    public boolean hasNext() {
        return again || sets.hasNext();
    }

    @Override
    public @Nullable Object[] next() {
        @Nullable Object[] same = first;
        if (again && same != null) {
            again = false;
            return same;
        }
        @Nullable Object[] next = sets.next();
        first = taken++ == 0 ? next : null;
        return next;
    }

    /** Whether the first set was taken, and no other. */
    public boolean isAtFirst() {
        return taken == 1;
    }

    /** Has the first set come again. */
    public void again() {
        if (first == null) {
            throw new NoSuchElementException("the first set is gone");
        }
        again = true;
    }
}
