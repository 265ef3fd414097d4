package dev.pgwire.internal.insert;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Request;
import dev.pgwire.internal.result.RowPlaces;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

// HOT: a million rows a second pass here, see docs/decisions.md "The bulk writer"

/** Writes a chunk of rows as messages: as data of a COPY, as a Bind for each row, or as one Bind of arrays. */
final class ChunkEncoder {
    private static final Format[] BINARY = {Format.BINARY};
    private static final byte[] UNNAMED = {};
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, "");
    /** PGCOPY, with bytes that show damage by conversions; no flags; no extension. */
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    /** In place of the number of fields of another row. */
    private static final byte[] TRAILER = {-1, -1};

    /** A row begins with the number of its fields, which a Bind writes itself. */
    private static final int COUNT = 2;

    private final PreparedStatement insert;
    private final @Nullable PreparedStatement unnest;
    private final FieldBuffer arrays;
    private final Format[] usual;
    private boolean signed;
    /** What the server has as the unnamed statement of the segment. */
    private @Nullable PreparedStatement parsed;

    private boolean described;

    /**
     * An encoder for the ways that may be needed.
     *
     * @param insert the INSERT of one row
     * @param unnest that of many rows, if that is the way
     * @param arrays a buffer to use
     */
    ChunkEncoder(PreparedStatement insert, @Nullable PreparedStatement unnest, FieldBuffer arrays) {
        this.insert = insert;
        this.unnest = unnest;
        this.arrays = arrays;
        this.usual = new Format[insert.parameterTypes().length];
        for (int i = 0; i < usual.length; i++) {
            usual[i] = insert.parameterCodecs()[i] == null ? Format.TEXT : Format.BINARY;
        }
    }

    /** The statement that tells what the rows of RETURNING are, and what failed. */
    PreparedStatement statement() {
        return unnest == null ? insert : unnest;
    }

    /** The rows as data of a COPY. */
    void copy(Request request, RowChunk chunk) {
        ByteBuf out = request.out();
        byte[] head = signed ? new byte[0] : SIGNATURE;
        signed = true;
        int size = chunk.fields().size();
        Wire.header(out, CopyData.TAG, head.length + (long) size);
        out.writeBytes(head).writeBytes(chunk.fields().bytes(), 0, size);
    }

    /** What follows the last row of a COPY. */
    void endCopy(Request request) {
        byte[] end = TRAILER;
        if (!signed) {
            request.message(new CopyData(SIGNATURE));
            signed = true;
        }
        request.message(new CopyData(end)).message(Command.COPY_DONE);
    }

    /** The rows as values of INSERTs, whose places learn which rows are in which; returns how many executions that are. */
    int insert(Request request, RowChunk chunk, RowPlaces places) {
        if (chunk.rows() == 0) {
            return 0;
        }
        PreparedStatement many = unnest;
        if (many == null || chunk.hasText()) {
            places.expect(chunk.rows(), 1, !parse(request, insert));
            bindEach(request, chunk);
            return chunk.rows();
        }
        arrays.clear();
        ColumnArrays.write(chunk, insert.parameterTypes(), arrays);
        places.expect(1, chunk.rows(), !parse(request, many));
        Bind.encode(
                request.out(),
                UNNAMED,
                BINARY,
                usual.length,
                arrays.view(),
                statement().resultFormats());
        execute(request);
        return 1;
    }

    private void bindEach(Request request, RowChunk chunk) {
        FieldBuffer rows = chunk.fields();
        int at = 0;
        for (int row = 0; row < chunk.rows(); row++) {
            int start = at + COUNT;
            at = start;
            for (int column = 0; column < usual.length; column++) {
                at += 4 + Math.max(0, rows.intAt(at));
            }
            Bind.encode(
                    request.out(),
                    UNNAMED,
                    formats(chunk, row),
                    usual.length,
                    rows.view(start, at),
                    statement().resultFormats());
            execute(request);
        }
    }

    /**
     * Parsed in the segment that needs it, for the types that the values were written as: nothing of it has to be kept.
     *
     * @return whether it has to be parsed
     */
    private boolean parse(Request request, PreparedStatement statement) {
        if (statement == parsed) {
            return false;
        }
        request.message(new Parse("", statement.sql(), statement.parameterTypes()));
        parsed = statement;
        return true;
    }

    /** The first portal is described: what RETURNING gives may have changed since the statement was described. */
    private void execute(Request request) {
        if (!described && statement().plan() != null) {
            request.message(DESCRIBE);
        }
        described = true;
        request.message(Dispatch.EXECUTE);
    }

    private Format[] formats(RowChunk chunk, int row) {
        if (!chunk.hasText()) {
            return usual;
        }
        Format[] formats = usual.clone();
        for (int column = 0; column < formats.length; column++) {
            if (chunk.isText(row, column)) {
                formats[column] = Format.TEXT;
            }
        }
        return formats;
    }
}
