package dev.pgwire.internal.copy.form;

import dev.pgwire.internal.codec.FieldBuffer;

/** Writes values so that they are taken for nothing but values. */
interface FieldText {
    /** Writes the text of a value. */
    void write(String value, FieldBuffer out);
}
