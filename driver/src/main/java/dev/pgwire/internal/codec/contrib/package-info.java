/** The codecs of types that come with PostgreSQL's own extensions, which have another oid in each database. */
@NullMarked
package dev.pgwire.internal.codec.contrib;

import org.jspecify.annotations.NullMarked;
