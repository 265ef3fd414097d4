package dev.pgwire.internal.copy.form;

import dev.pgwire.internal.row.RowPageBuilder;
import dev.pgwire.internal.sql.CopyForm;

/** Takes lines apart. */
public interface LineSplitter {
    /** What takes lines of a form apart. */
    static LineSplitter of(CopyForm form) {
        return form.format() == CopyForm.Format.CSV ? new CsvLine(form) : new TextLine(form);
    }

    /**
     * Takes a line apart, without its line feed.
     *
     * @param page gets its fields; has room for them
     * @return whether it has as many fields as there are columns
     */
    boolean split(byte[] bytes, int from, int to, RowPageBuilder page, int columns);
}
