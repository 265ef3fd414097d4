package dev.pgwire.internal.session;

/** What the rows of an insertion are encoded in. One pair per session, used again and again. */
record InsertBuffers(FieldBuffer fields, FieldBuffer arrays) {
    InsertBuffers() {
        this(new FieldBuffer(), new FieldBuffer());
    }

    /** Forgets what was written. */
    void clear() {
        fields.clear();
        arrays.clear();
    }
}
