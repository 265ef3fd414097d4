/** What is known of statements, and their values as bytes. */
@NullMarked
package dev.pgwire.internal.statement;

import org.jspecify.annotations.NullMarked;
