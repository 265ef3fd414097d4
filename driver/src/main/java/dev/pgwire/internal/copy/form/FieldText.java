package dev.pgwire.internal.copy.form;

import dev.pgwire.internal.codec.FieldBuffer;

/** Writes values so that they are taken for nothing but values. */
interface FieldText {
    /** Writes the text of a value. */
    void write(String value, FieldBuffer out);

    /** Whether the text of a value, which was written as it is from there on, is taken for nothing but a value. */
    boolean isPlain(FieldBuffer out, int from);
}
