/**
 * What PostgreSQL's types are in Java: {@link dev.pgwire.type.PgType}, and the classes of values that Java itself has not, such
 * as {@link dev.pgwire.type.Range}. A value that the driver has read or is given knows no connection.
 */
@NullMarked
package dev.pgwire.type;

import org.jspecify.annotations.NullMarked;
