/**
 * SQL that is composed of parts: texts, names, values and placeholders, each of which stands in it as what it is. For what no
 * parameter can be, such as the name of a table.
 */
@NullMarked
package dev.pgwire.sql;

import org.jspecify.annotations.NullMarked;
