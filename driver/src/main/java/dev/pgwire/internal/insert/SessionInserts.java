package dev.pgwire.internal.insert;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The inserts of a session, which share their buffers: one insert at a time uses them. */
public final class SessionInserts {
    private final Dispatch dispatch;
    private @Nullable InsertBuffers buffers;

    /** Inserts over a session. */
    public SessionInserts(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** An insert. */
    public Procedure<Results> insert(InsertTarget target, Iterator<@Nullable Object[]> rows) {
        return new Inserting(target, rows);
    }

    /** Takes the buffers when it is its turn. */
    private final class Inserting extends Procedure<Results> {
        private final InsertTarget target;
        private final Iterator<@Nullable Object[]> rows;
        private @Nullable Insertion insertion;

        Inserting(InsertTarget target, Iterator<@Nullable Object[]> rows) {
            super(SessionInserts.this.dispatch);
            this.target = target;
            this.rows = rows;
        }

        @Override
        protected boolean proceed() {
            Insertion begun = insertion;
            if (begun != null) {
                return over(begun.result());
            }
            InsertBuffers taken = buffers;
            if (taken == null) {
                taken = new InsertBuffers();
                buffers = taken;
            }
            insertion = first(new Insertion(dispatch(), target, rows, taken));
            return false;
        }
    }
}
