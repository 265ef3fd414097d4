/**
 * What goes wrong, as a tree of unchecked exceptions in the shape of Python's DB-API, chosen by SQLSTATE.
 *
 * <p>{@link dev.pgwire.error.PgException} is the root. {@link dev.pgwire.error.InterfaceException} is a mistake in the
 * use of the driver; {@link dev.pgwire.error.DatabaseException} and all below it carry a SQLSTATE and, when the server
 * spoke, every field it sent.
 */
@NullMarked
package dev.pgwire.error;

import org.jspecify.annotations.NullMarked;
