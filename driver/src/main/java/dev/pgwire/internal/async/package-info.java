/** What the asynchronous face is: connections on shared event loops, their transactions, pipelines and streams of rows. */
@NullMarked
package dev.pgwire.internal.async;

import org.jspecify.annotations.NullMarked;
