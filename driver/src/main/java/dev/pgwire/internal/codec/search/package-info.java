/** The codecs of text search: documents and queries. */
@NullMarked
package dev.pgwire.internal.codec.search;

import org.jspecify.annotations.NullMarked;
