/** What is measured without a server: the decode path, on recorded bytes. */
@NullMarked
package dev.pgwire.benchmarks;

import org.jspecify.annotations.NullMarked;
