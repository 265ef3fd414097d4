/**
 * The comparison with other drivers: one coordinator ({@link dev.pgwire.benchmarks.compare.Compare}), a process of its own
 * for each contestant, the same work for all, in alternating rounds.
 */
@NullMarked
package dev.pgwire.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
