/**
 * How values of PostgreSQL become values of Java and back: one {@link dev.pgwire.type.Codec} per type, in the binary
 * and the text format. {@link dev.pgwire.type.TypeRegistry} finds them by oid.
 *
 * <p>Nothing here knows a connection: codecs read from byte arrays and write to a {@link dev.pgwire.type.ValueWriter}.
 */
@NullMarked
package dev.pgwire.type;

import org.jspecify.annotations.NullMarked;
