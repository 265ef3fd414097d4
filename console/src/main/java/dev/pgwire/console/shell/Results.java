package dev.pgwire.console.shell;

import dev.pgwire.console.copy.CopyEnd;
import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.output.Crosstab;
import dev.pgwire.console.output.HtmlTable;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.Table;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Does with the results of one string of statements what was asked for: prints, stores, runs them. */
public final class Results {
    private final Shell shell;
    private final Delivery delivery;
    private @Nullable PrintStream file;
    private boolean unopened;

    Results(Shell shell, Delivery delivery) {
        this.shell = shell;
        this.delivery = delivery;
    }

    /** Whether all went well; if not, it has been told. */
    boolean print(Answer answer, boolean last) {
        boolean shows = last || shell.variables().isOn("SHOW_ALL_RESULTS");
        if (!answer.hasRows()) {
            if (shows) {
                printTag(answer.tag());
            }
            return true;
        }
        boolean success = true;
        if (last && delivery.prefix() != null) {
            success = store(answer, delivery.prefix());
        } else if (last && delivery.executes()) {
            success = execute(answer);
        } else if (shows) {
            success = show(answer, last);
        }
        String tag = answer.tag();
        if (shows && tag != null && tag.matches("(INSERT|UPDATE|DELETE).*")) {
            printTag(tag);
        }
        return success;
    }

    private boolean show(Answer answer, boolean last) {
        PrintStream stream = stream();
        if (stream == null) {
            return false;
        }
        Layout layout = shell.layout();
        Table table = answer.table(layout.nullText()).withTitle(layout.title());
        if (last && delivery.crosstab() != null) {
            Crosstab crosstab = new Crosstab(answer.table(null).withTitle(layout.title()), delivery.crosstab(), layout);
            String error = crosstab.error();
            if (error != null) {
                shell.messages().error(error);
                return false;
            }
            table = crosstab.table();
        }
        shell.results().print(table, layout, stream);
        return true;
    }

    /** Where rows go; null, and a message once, if that cannot be opened. */
    @Nullable
    public PrintStream stream() {
        if (delivery.file() == null) {
            return shell.results().stream();
        }
        if (file == null && !unopened) {
            file = shell.results().open(delivery.file());
            unopened = file == null;
        }
        return file;
    }

    public CopyEnd copy() {
        return delivery.copy();
    }

    boolean stores() {
        return delivery.prefix() != null;
    }

    /** {@code \gset}. */
    boolean store(Answer answer) {
        return delivery.prefix() == null || store(answer, delivery.prefix());
    }

    private boolean store(Answer answer, String prefix) {
        if (answer.size() != 1) {
            shell.messages().error((answer.size() == 0 ? "no rows" : "more than one row") + " returned for \\gset");
            return false;
        }
        for (int i = 0; i < answer.columnsOrNone().size(); i++) {
            String name = prefix + answer.columnsOrNone().get(i).name();
            String value = answer.value(0, i);
            if (SpecialVariables.isSpecial(name)) {
                shell.messages().warning("attempt to \\gset into specially treated variable \"" + name + "\" ignored");
            } else if (value == null) {
                shell.unset(name);
            } else if (!shell.set(name, value)) {
                return false;
            }
        }
        return true;
    }

    /** {@code \gexec}. */
    private boolean execute(Answer answer) {
        boolean success = true;
        for (int row = 0; row < answer.size(); row++) {
            for (int column = 0; column < answer.columnsOrNone().size(); column++) {
                String sql = answer.value(row, column);
                if (sql == null) {
                    continue;
                }
                if (shell.isSet("ECHO", "all") && !shell.variables().isOn("SINGLESTEP")) {
                    RawText.print(shell.out(), sql + "\n");
                    shell.out().flush();
                }
                if (!shell.statements().send(sql)) {
                    success = false;
                    if (shell.variables().isOn("ON_ERROR_STOP")) {
                        return false;
                    }
                }
            }
        }
        return success;
    }

    /** What a statement without rows has done. */
    private void printTag(@Nullable String tag) {
        printTag(shell, tag);
    }

    public static void printTag(Shell shell, @Nullable String tag) {
        if (tag == null || tag.isEmpty()) {
            return;
        }
        if (!shell.isQuiet()) {
            boolean html = shell.layout().format() == Layout.Format.HTML;
            PrintStream stream = shell.results().stream();
            stream.append(html ? "<p>" + HtmlTable.escaped(tag) + "</p>" : tag).append('\n');
            stream.flush();
        }
        shell.variables().set("LASTOID", tag.matches("INSERT \\d+ \\d+") ? tag.split(" ")[1] : "0");
    }

    void close() {
        if (file != null) {
            file.close();
        }
    }
}
