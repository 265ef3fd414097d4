package dev.pgwire.internal.copy;

// HOT: rows of a COPY in text or csv

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.copy.form.CopyCharset;
import dev.pgwire.internal.copy.form.LineSplitter;
import dev.pgwire.internal.result.CopyResults;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPageBuilder;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.CopyForm;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.CopyData;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Lines of text or csv, each in a piece of its own, taken apart into the fields that a row has. */
final class TextRows implements CopiedRows {
    private final RowPlan plan;
    private final CopyResults results;
    private final LineSplitter splitter;
    private final Charset charset;
    /** Whether the next line has the names of the columns. */
    private boolean header;

    private long lines;

    TextRows(RowPlan plan, CopyForm form, CopyResults results) {
        this.plan = plan;
        this.results = results;
        this.splitter = LineSplitter.of(form);
        this.charset = CopyCharset.of(form);
        this.header = form.header();
    }

    @Override
    public RowPlan plan() {
        return plan;
    }

    @Override
    public int take(byte[] bytes, int from, int to, RowPageWriter pages, Result result) {
        RowPageBuilder page = new RowPageBuilder(plan.size(), to - from);
        int at = from;
        while (to - at >= Wire.HEADER && bytes[at] == CopyData.TAG) {
            int length = BigEndian.getInt(bytes, at + 1);
            if (length > to - at - 1) {
                break;
            }
            if (length < Wire.LENGTH) {
                throw new ProtocolViolation(
                        "CopyData claims a length of " + length + ", expected at least " + Wire.LENGTH);
            }
            int start = at + Wire.HEADER;
            at += 1 + length;
            line(bytes, start, at, page);
        }
        // What is forgotten counts: so it is known how much that was.
        if (!page.isEmpty() || results.isDiscarded()) {
            result.add(page.build(at - from));
        }
        return at;
    }

    private void line(byte[] source, int from, int to, RowPageBuilder page) {
        lines++;
        if (header) {
            header = false;
            return;
        }
        if (results.isDiscarded()) {
            return;
        }
        byte[] bytes = source;
        int start = from;
        int end = to > from && source[to - 1] == '\n' ? to - 1 : to;
        if (charset != StandardCharsets.UTF_8) {
            bytes = new String(source, from, end - from, charset).getBytes(StandardCharsets.UTF_8);
            start = 0;
            end = bytes.length;
        }
        page.row(end - start);
        if (!splitter.split(bytes, start, end, page, plan.size())) {
            results.abandon(new DataException(
                    SqlState.BAD_COPY_FILE_FORMAT,
                    "line " + lines + " of the COPY has not the " + plan.size()
                            + " columns that were described, expected one value for each of "
                            + plan.columns(),
                    null));
            return;
        }
        page.endRow();
    }
}
