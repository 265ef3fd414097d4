package dev.pgwire.console.shell;

import dev.pgwire.console.copy.CopyEnd;
import dev.pgwire.console.output.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the results of the next statement, as {@code \g}, {@code \gset} and their like say. */
public final class Delivery {
    private @Nullable String file;
    private @Nullable Layout restored;
    private @Nullable String prefix;
    private boolean describes;
    private boolean executes;
    private @Nullable List<@Nullable String> crosstab;

    private CopyEnd copy = CopyEnd.ofScript();

    public Delivery() {}

    /** Rows go to a file, or to a program behind a vertical bar. */
    public void file(@Nullable String newFile) {
        file = newFile;
    }

    /** The layout is set back to this afterwards. */
    public void restores(Layout layout) {
        restored = restored == null ? layout : restored;
    }

    /** Values become variables, with this before their names. */
    public void variables(String newPrefix) {
        prefix = newPrefix;
    }

    /** Columns are described and nothing is run. */
    public void describe() {
        describes = true;
    }

    /** Values are statements to be run. */
    public void execute() {
        executes = true;
    }

    /** Rows become a table of two headings; the arguments of {@code \crosstabview}. */
    public void crosstab(List<@Nullable String> arguments) {
        crosstab = arguments;
    }

    /** The data of a COPY come from there, or go there. */
    public void copy(CopyEnd end) {
        copy = end;
    }

    CopyEnd copy() {
        return copy;
    }

    @Nullable
    String file() {
        return file;
    }

    @Nullable
    Layout restored() {
        return restored;
    }

    @Nullable
    String prefix() {
        return prefix;
    }

    boolean describes() {
        return describes;
    }

    boolean executes() {
        return executes;
    }

    @Nullable
    List<@Nullable String> crosstab() {
        return crosstab;
    }
}
