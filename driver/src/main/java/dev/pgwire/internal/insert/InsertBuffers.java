package dev.pgwire.internal.insert;

import dev.pgwire.internal.codec.FieldBuffer;

/** What the rows of an insertion are encoded in. One pair per session, used again and again. */
public record InsertBuffers(FieldBuffer fields, FieldBuffer arrays) {
    public InsertBuffers() {
        this(new FieldBuffer(), new FieldBuffer());
    }

    /** Forgets what was written. */
    void clear() {
        fields.clear();
        arrays.clear();
    }
}
