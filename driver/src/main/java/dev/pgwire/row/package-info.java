/** What a result is made of: {@link dev.pgwire.row.Row}, {@link dev.pgwire.row.Rows}, {@link dev.pgwire.row.Column}. */
@NullMarked
package dev.pgwire.row;

import org.jspecify.annotations.NullMarked;
