/** What all messages share: formats, versions, the fields of an error, and the rules of reading and writing bodies. */
@NullMarked
package dev.pgwire.protocol;

import org.jspecify.annotations.NullMarked;
