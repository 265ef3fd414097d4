package dev.pgwire.internal.call;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The functions and procedures that a connection has called, by their quoted names. */
public final class Routines {
    private static final int MOST = 256;

    private final Map<String, List<Routine>> known = new ConcurrentHashMap<>();

    /** None yet. */
    public Routines() {}

    @Nullable
    List<Routine> of(String quoted) {
        return known.get(quoted);
    }

    void learn(String quoted, List<Routine> routines) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(quoted, routines);
    }

    /** They may be others by now. */
    void forget(String quoted) {
        known.remove(quoted);
    }

    /** Reads the answer to {@link Routine#question}. */
    static List<Routine> read(@Nullable Result result) {
        List<Routine> routines = new ArrayList<>();
        RowPlan plan = result == null ? null : result.plan();
        if (result == null || plan == null) {
            return routines;
        }
        String last = "";
        List<Routine.Parameter> parameters = new ArrayList<>();
        for (RowPage page = result.poll(); page != null; page = result.poll()) {
            for (int i = 0; i < page.size(); i++) {
                PageRow row = page.keep(plan, i);
                String oid = text(row, 0);
                if (!oid.equals(last)) {
                    last = oid;
                    parameters = new ArrayList<>();
                    routines.add(new Routine(text(row, 1), parameters));
                }
                if (!text(row, 2).isEmpty()) {
                    parameters.add(new Routine.Parameter(text(row, 2), text(row, 3)));
                }
            }
        }
        return routines;
    }

    private static String text(PageRow row, int column) {
        return Objects.requireNonNull(row.getString(column));
    }
}
